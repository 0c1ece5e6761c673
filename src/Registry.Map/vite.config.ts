import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.mjs';

// Links are relative, so that the page works under any path. Everything but the page itself has a hash in its name, and lies in map/.
export default defineConfig({
  base: './',
  plugins: [svelte(), compressed()],
  build: {
    target: 'es2022',
    assetsDir: 'map',
    // Nothing is put into style sheets and scripts as data: addresses; the policy of the page allows that for small pictures only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
});
