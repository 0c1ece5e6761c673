import type { Map, MapGeoJSONFeature, PointLike } from 'maplibre-gl';
import type { Subject } from '../address/state';

// Which layers tell what lies at a place; what is smaller and on top comes first.
const layers: [string, Subject['collection']][] = [
  ['deposits', 'deposits'],
  ['found-fill', 'license-blocks'],
  ['blocks-fill', 'license-blocks'],
  ['areas', 'areas'],
];

/** What lies at a place of the screen; null for nothing that the register has an own page for. */
export function subjectAt(map: Map, point: PointLike): Subject | null {
  const [x, y] = Array.isArray(point) ? point : [point.x, point.y];
  const around: [PointLike, PointLike] = [[x - 4, y - 4], [x + 4, y + 4]];
  for (const [layer, collection] of layers) {
    if (!map.getLayer(layer)) continue;
    const here: MapGeoJSONFeature[] = map.queryRenderedFeatures(layer === 'deposits' ? around : point, { layers: [layer] });
    const id = here.map((feature) => feature.properties.id as string | undefined).find((known) => known !== undefined);
    if (id) return { collection, id };
  }
  return null;
}
