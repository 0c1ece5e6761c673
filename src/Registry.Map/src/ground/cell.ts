/**
 * Cells of the graticule: one minute by one minute, named by the minutes of their south and west edges, which are whole numbers.
 * Aliases are those of the Kazakh scheme: sheet 1:1,000,000, sheet 1:100,000, section of 10', sub-section of 5', cell.
 */
export interface GridCell {
  south: number;
  west: number;
}

const aliasForm = /^KZ\.([A-V])(\d{2})\.(\d{3})\.([1-6])\.([1-4])\.(\d{1,2})$/;

/** The cell that holds a place. It holds its south and west edges. */
export const cellAt = (lon: number, lat: number): GridCell => ({ south: Math.floor(lat * 60), west: Math.floor(lon * 60) });

/** The cell's alias; each level is numbered row by row from its north-west corner. */
export function aliasOf({ south, west }: GridCell): string {
  const row = Math.floor(south / 240);
  const zone = Math.floor(west / 360) + 31;
  const n = (row + 1) * 240 - 1 - south;
  const e = west - (zone - 31) * 360;
  const sheet = Math.floor(n / 20) * 12 + Math.floor(e / 30) + 1;
  const section = Math.floor((n % 20) / 10) * 3 + Math.floor((e % 30) / 10) + 1;
  const sub = Math.floor((n % 10) / 5) * 2 + Math.floor((e % 10) / 5) + 1;
  const cell = (n % 5) * 5 + (e % 5) + 1;
  return `KZ.${String.fromCharCode(65 + row)}${pad(zone, 2)}.${pad(sheet, 3)}.${section}.${sub}.${cell}`;
}

/** The cell of an alias; null where it is none. */
export function cellOf(alias: string): GridCell | null {
  const match = aliasForm.exec(alias);
  if (!match) return null;
  const row = match[1]!.charCodeAt(0) - 65;
  const [zone, sheet, section, sub, cell] = match.slice(2).map(Number) as [number, number, number, number, number];
  const n = Math.floor((sheet - 1) / 12) * 20 + Math.floor((section - 1) / 3) * 10 + Math.floor((sub - 1) / 2) * 5 + Math.floor((cell - 1) / 5);
  const e = ((sheet - 1) % 12) * 30 + ((section - 1) % 3) * 10 + ((sub - 1) % 2) * 5 + ((cell - 1) % 5);
  return { south: (row + 1) * 240 - 1 - n, west: (zone - 31) * 360 + e };
}

/** The cell's outline. */
export function outlineOf({ south, west }: GridCell): GeoJSON.Polygon {
  const [s, w, n, e] = [south / 60, west / 60, (south + 1) / 60, (west + 1) / 60];
  return { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] };
}

/** The cells of a rectangle, whose corners are any two; null where there are more than `most`. */
export function cellsBetween(a: GridCell, b: GridCell, most: number): GridCell[] | null {
  const [south, north] = [Math.min(a.south, b.south), Math.max(a.south, b.south)];
  const [west, east] = [Math.min(a.west, b.west), Math.max(a.west, b.west)];
  if ((north - south + 1) * (east - west + 1) > most) return null;
  const cells: GridCell[] = [];
  for (let row = north; row >= south; row--) for (let column = west; column <= east; column++) cells.push({ south: row, west: column });
  return cells;
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** The cell's area in square kilometres, on the ellipsoid of WGS 84: between two meridians, from the authalic latitudes of its edges. */
export function areaKm2({ south }: GridCell): number {
  const [a, e] = [6378.137, 0.0818191908426215];
  const q = (minutes: number) => {
    const sine = Math.sin((minutes / 60) * (Math.PI / 180));
    return sine / (1 - e * e * sine * sine) + Math.log((1 + e * sine) / (1 - e * sine)) / (2 * e);
  };
  return ((a * a * (1 - e * e)) / 2) * (Math.PI / 180 / 60) * (q(south + 1) - q(south));
}
