// The base map of the registry's own: the country, the borders of its regions, and their names, from the data that the registry's law has.
// Borders that two regions share are one line. Lines lose what nobody sees: triangles of less than a twentieth of a square kilometre.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { feature, mesh } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify } from 'topojson-simplify';

const data = new URL('../../Registry.Core/Law/Kazakhstan/Data/', import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(name, data), 'utf8'));

const smallestTriangle = 5e-6; // in square degrees
const country = simplify(presimplify(topology({ country: await read('outline_10m.geojson') })), smallestTriangle / 10);
const regions = simplify(presimplify(topology({ regions: await read('oblasts.geojson') })), smallestTriangle);

const outline = feature(country, country.objects.country);
const borders = mesh(regions, regions.objects.regions, (a, b) => a !== b);
const names = feature(regions, regions.objects.regions).features.map((region) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: inside(region.geometry) },
  properties: {
    id: region.properties.ISO_3166_2,
    en: region.properties.ADM1_EN,
    kk: region.properties.ADM1_KK,
    ru: region.properties.ADM1_RU,
    box: boxOf(region.geometry),
  },
}));

const write = (name, content) =>
  writeFile(new URL(name, folder), JSON.stringify(content, (_, value) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value)));
const folder = new URL('../src/map/base/', import.meta.url);
await mkdir(folder, { recursive: true });
await write('country.json', outline);
await write('borders.json', { type: 'Feature', properties: {}, geometry: borders });
await write('regions.json', { type: 'FeatureCollection', features: names });

function ringsOf(geometry) {
  return geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
}

function boxOf(geometry) {
  const positions = ringsOf(geometry).flat();
  const [x, y] = [positions.map((p) => p[0]), positions.map((p) => p[1])];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

// A point of the widest stretch that a line through the middle of the largest part has inside: where a name has room.
function inside(geometry) {
  const ring = ringsOf(geometry).sort((a, b) => b.length - a.length)[0];
  const [, south, , north] = boxOf({ type: 'Polygon', coordinates: [ring] });
  let best = { length: -1, at: ring[0] };
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const y = south + (north - south) * share;
    const cuts = [];
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (a[1] > y !== b[1] > y) cuts.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
    }
    cuts.sort((a, b) => a - b);
    for (let i = 1; i < cuts.length; i += 2)
      if (cuts[i] - cuts[i - 1] > best.length) best = { length: cuts[i] - cuts[i - 1], at: [(cuts[i] + cuts[i - 1]) / 2, y] };
  }
  return best.at;
}
