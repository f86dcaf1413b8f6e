/**
 * Which way the imports of the pages may run: downwards, from the pages at the top. `npm run lint`
 * fails on a circle of files or of folders, and on an import from a layer above. Tests are not
 * looked at: they may import what they like. Of components, only imports that are left after
 * compiling count.
 */
const layers = [
  ['monitor/', 'manager/'],
  ['photo/', 'recording/', 'map/', 'shell/', 'readiness/(?!report)'],
  ['observation/'],
  ['place/', 'categories/'],
  ['components/'],
  ['time/', 'storage/', 'engine/', 'strings/', 'style/', 'readiness/report'],
  ['api/'],
];

const within = (folders) => `^src/(${folders.join('|')})`;

const forbid = (name, from, to, rest = {}) => ({ name, severity: 'error', from, to, ...rest });

export default {
  forbidden: [
    forbid('circle', {}, { circular: true }),
    forbid('circle of folders', { path: '^src/m' }, { circular: true }, { scope: 'folder' }),
    // What both pages use belongs below both of them.
    forbid('manager imports monitor', { path: '^src/manager/' }, { path: '^src/monitor/' }),
    forbid('monitor imports manager', { path: '^src/monitor/' }, { path: '^src/manager/' }),
    ...layers
      .slice(1)
      .map((folders, n) =>
        forbid(
          `upward from ${folders.join(' ')}`,
          { path: within(folders) },
          { path: within(layers.slice(0, n + 1).flat()) },
        ),
      ),
  ],
  options: {
    exclude: { path: ['\\.test\\.ts$', '/generated/'] },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte.ts', '.js', '.svelte'] },
  },
};
