/**
 * The build of the two pages into `dist`, which the `chasqui` binary embeds and serves at `/`.
 *
 * Every address in the output is same-origin. The worker and its wasm are hashed by Vite and cached
 * by the service worker, which `build/serviceworker.ts` makes last, out of what was really written.
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { serviceWorker } from './build/serviceworker.ts';

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Old enough for a cheap phone whose browser is not updated each month. */
const target = ['chrome100', 'firefox115', 'safari16'];

export default defineConfig({
  base: '/',
  plugins: [svelte(), serviceWorker({ target })],
  worker: { format: 'es' },
  build: {
    target,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { monitor: page('index.html'), manager: page('manager/index.html') },
      output: {
        // A module worker named `.mjs` is refused where a server does not know the ending.
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.mjs'))
            ? 'assets/[name]-[hash].js'
            : 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
});
