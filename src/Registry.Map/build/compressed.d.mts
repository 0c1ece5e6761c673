import type { Plugin } from 'vite';

/** Writes name.br beside every text that was built. */
export function compressed(): Plugin;
