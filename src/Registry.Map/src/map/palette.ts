/** The colours of the map: what is someone's is filled, what is asked for is outlined, what is barred is hatched. */
export interface Palette {
  sea: string;
  land: string;
  border: string;
  region: string;
  grid: string;
  text: string;
  quiet: string;
  halo: string;
  free: string;
  granted: string;
  applied: string;
  queued: string;
  suspended: string;
  ended: string;
  restricted: string;
  deposit: string;
  critical: string;
  pick: string;
}

export const light: Palette = {
  sea: '#e9eef0', land: '#fbfaf6', border: '#7d8a8f', region: '#b9c2c4', grid: '#cfd9dc', text: '#2b3b40', quiet: '#7b8a90', halo: '#fbfaf6',
  free: '#7fb98a', granted: '#1f7380', applied: '#c8860b', queued: '#b4531f', suspended: '#7a6a9c', ended: '#8d9599', restricted: '#a8323e',
  deposit: '#6b5b4b', critical: '#b3146b', pick: '#0b57d0',
};

export const dark: Palette = {
  sea: '#10181b', land: '#182226', border: '#5f7177', region: '#37474d', grid: '#26343a', text: '#dbe6e8', quiet: '#8fa2a8', halo: '#141d20',
  free: '#4f8f60', granted: '#46aab8', applied: '#e3a63a', queued: '#e0804a', suspended: '#a99ad0', ended: '#76858b', restricted: '#e06a76',
  deposit: '#c2af99', critical: '#ff6bb0', pick: '#7ab0ff',
};

/** Statuses of license blocks that hold or claim ground, in the order of the legend. */
export const standing = ['granted', 'applied', 'queued', 'suspended'] as const;

/** Every status with its colour. */
export const colourOf = (palette: Palette, status: string): string =>
  status === 'granted' || status === 'applied' || status === 'queued' || status === 'suspended' ? palette[status] : palette.ended;
