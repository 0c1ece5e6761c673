/**
 * The state of the page as its address: everything after `#`, which is not sent to the registry and works under any path.
 *
 *     #map=5.2/48.1/67.3&see=license-blocks/lb-1&filter=status='granted'&on=2025-11-28
 *
 * Keys are never part of it.
 */
export interface PageState {
  /** Where the map looks; null for the whole country. */
  view: View | null;
  /** What is open in the panel. */
  panel: Panel;
  /** What is looked at; null for nothing. */
  see: Subject | null;
  /** What license blocks are shown, in CQL2 text; empty for those in force and applied for. */
  filter: string;
  /** A date: what was in force then, as is known now; empty for today. */
  on: string;
  /** A date: what the register said then; empty for what it says now. */
  asAt: string;
  /** The cells that an applicant has picked, by their aliases. */
  pick: string[];
  /** The language, where it was chosen by hand. */
  lang: string;
}

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export const panels = ['explore', 'filter', 'list', 'figures', 'apply', 'cases'] as const;
export type Panel = (typeof panels)[number];

export const subjects = ['license-blocks', 'deposits', 'areas', 'cells'] as const;
export interface Subject {
  collection: (typeof subjects)[number];
  id: string;
}

export const start: PageState = { view: null, panel: 'explore', see: null, filter: '', on: '', asAt: '', pick: [], lang: '' };

/** Reads an address. What it does not understand it leaves out, since people shorten and mistype links. */
export function read(fragment: string): PageState {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const panel = panels.find((name) => name === given.get('panel'));
  return {
    view: readView(given.get('map')),
    panel: panel ?? 'explore',
    see: readSubject(given.get('see')),
    filter: given.get('filter') ?? '',
    on: readDate(given.get('on')),
    asAt: readDate(given.get('as-at')),
    pick: (given.get('pick') ?? '').split(',').filter((code) => /^[A-Z0-9.]+$/.test(code)),
    lang: given.get('lang') ?? '',
  };
}

/** Writes an address, from `#` on. */
export function write(state: PageState): string {
  const parts: [string, string][] = [];
  if (state.view) parts.push(['map', `${state.view.zoom.toFixed(2)}/${state.view.lat.toFixed(4)}/${state.view.lon.toFixed(4)}`]);
  if (state.panel !== 'explore') parts.push(['panel', state.panel]);
  if (state.see) parts.push(['see', `${state.see.collection}/${state.see.id}`]);
  if (state.filter) parts.push(['filter', state.filter]);
  if (state.on) parts.push(['on', state.on]);
  if (state.asAt) parts.push(['as-at', state.asAt]);
  if (state.pick.length > 0) parts.push(['pick', state.pick.join(',')]);
  if (state.lang) parts.push(['lang', state.lang]);
  return '#' + parts.map(([name, value]) => `${name}=${escape(value)}`).join('&');
}

// As little as possible is escaped, so that people can read a link.
function escape(value: string): string {
  return encodeURIComponent(value).replace(/%(2F|2C|3A|3D|24|40|3B)/g, decodeURIComponent).replace(/%20/g, '+');
}

function readView(text: string | null): View | null {
  const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined || [zoom, lat, lon].some((number) => !Number.isFinite(number))) return null;
  return { zoom: clamp(zoom, 0, 22), lat: clamp(lat, -85, 85), lon: clamp(lon, -180, 180) };
}

function readSubject(text: string | null): Subject | null {
  const [, collection, id] = /^([a-z-]+)\/(.{1,200})$/.exec(text ?? '') ?? [];
  const known = subjects.find((name) => name === collection);
  return known && id ? { collection: known, id } : null;
}

const readDate = (text: string | null): string => (text && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '');

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
