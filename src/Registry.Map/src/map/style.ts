import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { address } from '../api/registry';
import borders from './base/borders.json';
import country from './base/country.json';
import regions from './base/regions.json';
import { font, fontFaces } from './fonts';
import { graticule, sheets } from './graticule';
import { standing, type Palette } from './palette';

/** Names of sources that the page fills itself. */
export const found = 'found';
export const seen = 'seen';
export const picked = 'picked';
export const grid = 'grid';

const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The style of the map, for a palette and a language. */
export function styleOf(palette: Palette, language: 'en' | 'kk' | 'ru'): StyleSpecification {
  return {
    version: 8,
    'font-faces': fontFaces,
    sources: {
      country: { type: 'geojson', data: country as GeoJSON.FeatureCollection, attribution: attribution() },
      borders: { type: 'geojson', data: borders as GeoJSON.Feature },
      regions: { type: 'geojson', data: regions as GeoJSON.FeatureCollection },
      sheets: { type: 'geojson', data: sheets() },
      [grid]: { type: 'geojson', data: graticule(4, [46, 40, 88, 56]) },
      registry: { type: 'vector', tiles: [address('tiles/') + '{z}/{x}/{y}.mvt'], minzoom: 0, maxzoom: 14, bounds: [45, 39, 89, 57] },
      [found]: { type: 'geojson', data: nothing },
      [seen]: { type: 'geojson', data: nothing },
      [picked]: { type: 'geojson', data: nothing },
    },
    layers: [...base(palette), ...ground(palette), ...blocks(palette, 'registry'), ...blocks(palette, found), ...over(palette, language)],
  };
}

function base(palette: Palette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    { id: 'land', type: 'fill', source: 'country', paint: { 'fill-color': palette.land } },
    { id: 'grid', type: 'line', source: grid, paint: { 'line-color': palette.grid, 'line-width': 0.7 } },
    { id: 'sheets', type: 'line', source: 'sheets', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': palette.grid, 'line-width': 1.4 } },
  ];
}

function ground(palette: Palette): LayerSpecification[] {
  const source = { source: 'registry', 'source-layer': 'cells' } as const;
  return [
    { id: 'free', type: 'fill', ...source, minzoom: 9, filter: ['==', ['get', 'status'], 'free'], paint: { 'fill-color': palette.free, 'fill-opacity': 0.22 } },
    { id: 'cells', type: 'line', ...source, minzoom: 10, paint: { 'line-color': palette.quiet, 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.15, 13, 0.6] } },
    { id: 'areas', type: 'fill', source: 'registry', 'source-layer': 'areas', filter: isSurface, paint: { 'fill-pattern': 'hatch', 'fill-opacity': 0.75 } },
    { id: 'areas-edge', type: 'line', source: 'registry', 'source-layer': 'areas', filter: isSurface, paint: { 'line-color': palette.restricted, 'line-width': 1.2 } },
  ];
}

// License blocks from the tiles, where nothing is filtered, or from what a filter found.
function blocks(palette: Palette, source: 'registry' | typeof found): LayerSpecification[] {
  const of = source === 'registry' ? { source, 'source-layer': 'license-blocks' } : { source };
  const id = source === 'registry' ? 'blocks' : 'found';
  const shown = source === 'registry' ? (['in', ['get', 'status'], ['literal', [...standing]]] as const) : (true as const);
  const surfaces = ['all', isSurface, shown] as never;
  return [
    { id: `${id}-fill`, type: 'fill', ...of, filter: surfaces, paint: { 'fill-color': byStatus(palette), 'fill-opacity': ['match', ['get', 'status'], 'granted', 0.5, 0.26] } },
    { id: `${id}-line`, type: 'line', ...of, filter: surfaces, paint: { 'line-color': byStatus(palette), 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.6, 10, 1.6] } },
    {
      id: `${id}-many`, type: 'circle', ...of, filter: ['all', ['has', 'count'], shown] as never,
      paint: { 'circle-color': byStatus(palette), 'circle-opacity': 0.75, 'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 2.2, 6, 7, 20, 13] },
    },
    {
      id: `${id}-name`, type: 'symbol', ...of, minzoom: 9, filter: ['all', isSurface, ['has', 'number'], shown] as never,
      layout: { 'text-field': ['get', 'number'], 'text-font': font, 'text-size': 11.5, 'text-padding': 4 },
      paint: { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
    },
  ];
}

function over(palette: Palette, language: 'en' | 'kk' | 'ru'): LayerSpecification[] {
  const text = { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 };
  const quiet = { 'text-color': palette.quiet, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 };
  const deposits = { source: 'registry', 'source-layer': 'deposits' } as const;
  return [
    { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': palette.region, 'line-width': 1, 'line-dasharray': [3, 2] } },
    { id: 'outline', type: 'line', source: 'country', paint: { 'line-color': palette.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 1, 9, 2] } },
    {
      id: 'deposits', type: 'circle', ...deposits, filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 3, 2.6, 10, 6],
        'circle-color': ['case', ['has', 'critical'], palette.critical, palette.deposit],
        'circle-stroke-color': palette.halo,
        'circle-stroke-width': 1.4,
      },
    },
    { id: 'seen-fill', type: 'fill', source: seen, filter: isSurface, paint: { 'fill-color': palette.pick, 'fill-opacity': 0.12 } },
    { id: 'seen-line', type: 'line', source: seen, paint: { 'line-color': palette.pick, 'line-width': 3 } },
    { id: 'seen-point', type: 'circle', source: seen, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 11, 'circle-color': 'rgba(0,0,0,0)', 'circle-stroke-color': palette.pick, 'circle-stroke-width': 3 } },
    { id: 'picked-fill', type: 'fill', source: picked, paint: { 'fill-color': ['case', ['get', 'bad'], palette.restricted, palette.pick], 'fill-opacity': 0.4 } },
    { id: 'picked-line', type: 'line', source: picked, paint: { 'line-color': ['case', ['get', 'bad'], palette.restricted, palette.pick], 'line-width': 1.6 } },
    {
      id: 'sheet-names', type: 'symbol', source: 'sheets', maxzoom: 9, filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 11, 'text-anchor': 'top-left', 'text-offset': [0.4, 0.4], 'text-letter-spacing': 0.08 },
      paint: quiet,
    },
    {
      id: 'region-names', type: 'symbol', source: 'regions', maxzoom: 9, minzoom: 3.6,
      layout: { 'text-field': ['get', language], 'text-font': font, 'text-size': ['interpolate', ['linear'], ['zoom'], 4, 11, 8, 16], 'text-letter-spacing': 0.06, 'text-max-width': 8 },
      paint: text,
    },
    {
      id: 'deposit-names', type: 'symbol', ...deposits, minzoom: 6.5, filter: ['==', ['geometry-type'], 'Point'],
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 12, 'text-anchor': 'left', 'text-offset': [0.8, 0], 'text-max-width': 9 },
      paint: text,
    },
    {
      id: 'cell-codes', type: 'symbol', source: 'registry', 'source-layer': 'cells', minzoom: 13,
      layout: { 'text-field': ['get', 'code'], 'text-font': font, 'text-size': 10 },
      paint: quiet,
    },
  ];
}

const isSurface = ['==', ['geometry-type'], 'Polygon'] as never;

const byStatus = (palette: Palette) =>
  ['match', ['get', 'status'], 'granted', palette.granted, 'applied', palette.applied, 'queued', palette.queued, 'suspended', palette.suspended, palette.ended] as never;

const attribution = (): string => '© Natural Earth · © arodionoff/geokz, CC BY 4.0';
