/** Svelte's settings, shared by Vite and the type check. It decides nothing about the build. */
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
};
