/**
 * Makes `dist/sw.js` after the pages are written, out of what was really written.
 *
 * Shell: every file that the manager's page or the map does not have to itself, so that worker,
 * wasm and icons are never forgotten. Map: what only the lazily loaded map needs. The manager's
 * page is in neither.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Manifest, type Plugin, type ResolvedConfig } from 'vite';

const monitor = 'index.html';
const manager = 'manager/index.html';
const lazy_map = 'src/map/PlaceMap.svelte';
const source = fileURLToPath(new URL('../src/shell/sw.ts', import.meta.url));

export function serviceWorker({ target }: { target: string[] }): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'chasqui-service-worker',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    async closeBundle() {
      const dist = join(config.root, config.build.outDir);
      const manifest_path = join(dist, '.vite', 'manifest.json');
      if (!existsSync(manifest_path)) return;
      const manifest = JSON.parse(await readFile(manifest_path, 'utf8')) as Manifest;
      await rm(join(dist, '.vite'), { recursive: true });
      const { shell, map } = divide(await filesIn(dist), manifest);
      const precache = await Promise.all(shell.map((file) => entry(dist, file)));
      const maps = await Promise.all(map.map((file) => entry(dist, file)));
      await build({
        configFile: false,
        root: config.root,
        logLevel: 'warn',
        define: {
          __SHELL__: JSON.stringify(precache),
          __MAP__: JSON.stringify({
            cache: `chasqui-map-${digest(JSON.stringify(maps))}`,
            urls: maps.map(({ url }) => url),
          }),
        },
        build: {
          target,
          outDir: config.build.outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      });
      config.logger.info(`sw.js keeps ${shell.length} shell files and ${map.length} map files`);
    },
  };
}

/** Sorts the written files into those to keep at install and those to keep later. */
function divide(files: string[], manifest: Manifest): { shell: string[]; map: string[] } {
  const first = reach(manifest, monitor, false);
  const maps = reach(manifest, lazy_map, true);
  const managers = reach(manifest, manager, true);
  const map = files.filter((file) => maps.has(file) && !first.has(file));
  const left_out = (file: string) =>
    file === manager || file === 'sw.js' || (managers.has(file) && !first.has(file));
  return { shell: files.filter((file) => !map.includes(file) && !left_out(file)), map };
}

/** The files an entry loads at once, or with `lazy` also those it may load later. */
function reach(manifest: Manifest, entry: string, lazy: boolean): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
    if (lazy) for (const next of chunk.dynamicImports ?? []) visit(next);
  };
  visit(entry);
  return files;
}

async function filesIn(dist: string): Promise<string[]> {
  const found = await readdir(dist, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map((item) => relative(dist, join(item.parentPath, item.name)).split(sep).join('/'))
    .sort();
}

/** A hashed name is its own revision; any other file has its content's hash. */
async function entry(
  dist: string,
  file: string,
): Promise<{ url: string; revision: string | null }> {
  if (file.startsWith('assets/')) return { url: `/${file}`, revision: null };
  return { url: `/${file}`, revision: digest(await readFile(join(dist, file))) };
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
