// The types of the registry's HTTP contract, from the files that the registry itself is described by. They are made anew with every build,
// so that a change of the contract which the map does not follow fails to compile.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';

const folder = new URL('../../Registry.Gateway/Documentation/OpenApi/', import.meta.url);

const contract = { paths: {}, components: {} };
for (const name of (await readdir(folder)).sort()) {
  const part = JSON.parse(await readFile(new URL(name, folder), 'utf8'));
  for (const [member, value] of Object.entries(part)) {
    if (member === 'paths') Object.assign(contract.paths, value);
    else if (member === 'components')
      for (const [kind, parts] of Object.entries(value)) contract.components[kind] = { ...contract.components[kind], ...parts };
    else contract[member] = value;
  }
}

await writeFile(new URL('../src/api/contract.d.ts', import.meta.url), astToString(await openapiTypescript(contract, { defaultNonNullable: false })));
