/** Lines of latitude and longitude, as close as the zoom has room for: from 2 degrees down to the cells' own minute. */
export function graticule(zoom: number, [west, south, east, north]: [number, number, number, number]): GeoJSON.Feature {
  const step = stepOf(zoom); // in minutes
  const lines: GeoJSON.Position[][] = [];
  const from = (edge: number) => Math.floor((edge * 60) / step) * step;
  for (let minute = from(south); minute <= north * 60; minute += step) lines.push([[west, minute / 60], [east, minute / 60]]);
  for (let minute = from(west); minute <= east * 60; minute += step) lines.push([[minute / 60, south], [minute / 60, north]]);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } };
}

function stepOf(zoom: number): number {
  if (zoom < 5) return 120;
  if (zoom < 7) return 60;
  if (zoom < 8.5) return 20;
  if (zoom < 10) return 10;
  return 5;
}

/** The sheets of the International Map of the World around the country, 4 by 6 degrees, each with its name in its north-west corner. */
export function sheets(): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  for (let row = 10; row <= 13; row++)
    for (let zone = 38; zone <= 45; zone++) {
      const [south, west] = [row * 4, (zone - 31) * 6];
      const [north, east] = [south + 4, west + 6];
      const name = `${String.fromCharCode(65 + row)}-${zone}`;
      features.push(
        { type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } },
        { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: [west, north] } },
      );
    }
  return { type: 'FeatureCollection', features };
}
