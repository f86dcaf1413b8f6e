/**
 * Rules for the pages (TypeScript, Svelte) and for the JavaScript of tests/; paths begin at the
 * root.
 */
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** A name that begins with a line is there for those after it. */
const unused = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true };

export default defineConfig(
  { ignores: ['www/dist/', 'www/src/api/types.ts', 'www/src/engine/generated/', 'target/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  { rules: { eqeqeq: 'error', 'no-unused-vars': ['error', unused], 'prefer-const': 'error' } },
  {
    files: ['www/**/*.{ts,svelte}'],
    extends: [ts.configs.recommended],
    languageOptions: { globals: globals.browser },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', unused],
      // For people at the console; what a page has to say it says on the screen.
      'no-console': ['error', { allow: ['warn', 'info'] }],
    },
  },
  {
    files: ['www/**/*.ts'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)),
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', unused],
      // A failure is a `Problem`, a plain value: it comes as it is out of a worker and out of JSON.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // It takes away those that widen a literal, which the next assignment needs.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // What was thrown, or stands in a record, is of any kind; it is said as well as may be.
      '@typescript-eslint/no-base-to-string': 'off',
      // An async function that awaits nothing still turns what it throws into a rejection.
      '@typescript-eslint/require-await': 'off',
    },
  },
  svelte.configs.recommended,
  {
    files: ['www/**/*.svelte', 'www/**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Knows `$props`, of which one may be bound and the others not.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // State is `$state.raw` and replaced as a whole; other maps and sets are not shown.
      'svelte/prefer-svelte-reactivity': 'off',
      // svelte-check decides: it sees the types that these warnings hang on.
      'svelte/no-unused-svelte-ignore': 'off',
    },
  },
  {
    files: ['tests/**/*.mjs', 'www/**/*.mjs', '*.mjs'],
    // Functions that run in the page stand among those that run in Node.js.
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['tests/bench/bulk.mjs'],
    // What `engine.mjs` puts into the page.
    languageOptions: {
      globals: { call: 'readonly', record: 'readonly', start: 'readonly', synced: 'readonly' },
    },
  },
);
