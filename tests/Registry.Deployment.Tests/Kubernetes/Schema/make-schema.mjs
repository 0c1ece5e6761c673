// Makes kubernetes-1.27.json: for each type that the manifests reach, its fields, their types, and which of them must be there. The
// source is the npm package @kubernetes/client-node 0.19.0, whose types the Kubernetes project generates from the published OpenAPI
// document of release 1.27, the oldest that the manifests are for; what is valid there is valid in later ones.
//
//   npm pack @kubernetes/client-node@0.19.0 && tar xzf kubernetes-client-node-0.19.0.tgz
//   node make-schema.mjs package > kubernetes-1.27.json
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const models = join(process.argv[2], 'dist/gen/model');
// "apiVersion kind" as it stands in a manifest, and the type that describes it.
const kinds = {
  'v1 ConfigMap': 'V1ConfigMap',
  'v1 Namespace': 'V1Namespace',
  'v1 Service': 'V1Service',
  'apps/v1 Deployment': 'V1Deployment',
  'apps/v1 StatefulSet': 'V1StatefulSet',
  'autoscaling/v2 HorizontalPodAutoscaler': 'V2HorizontalPodAutoscaler',
  'networking.k8s.io/v1 NetworkPolicy': 'V1NetworkPolicy',
  'policy/v1 PodDisruptionBudget': 'V1PodDisruptionBudget',
};

const types = {};
const waiting = Object.values(kinds);
while (waiting.length > 0) {
  const type = waiting.pop();
  if (type in types) continue;
  const source = readFileSync(join(models, type[0].toLowerCase() + type.slice(1) + '.d.ts'), 'utf8');
  const body = source.slice(source.indexOf('export declare class'), source.indexOf('static discriminator'));
  types[type] = {};
  // A field reads 'name'?: Type; and one that must be there 'name': Type; in the package, `_from` stands for the reserved word.
  for (const [, name, optional, written] of body.matchAll(/^ {4}'(\w+)'(\??): ([^{]+?|\{[^}]+\});$/gm)) {
    const field = name.replace(/^_/, '');
    types[type][field] = written.replace(/\{\s*\[key: string\]: ([^;]+);\s*\}/, 'Map<$1>') + (optional ? '' : '!');
    for (const [inner] of written.matchAll(/V\d\w+/g)) waiting.push(inner);
  }
}

const sorted = Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
const source = 'Kubernetes 1.27 OpenAPI, through npm @kubernetes/client-node 0.19.0; Apache-2.0, The Kubernetes Authors; reduced by make-schema.mjs';
console.log(JSON.stringify({ source, kinds, types: sorted }, null, 1));
