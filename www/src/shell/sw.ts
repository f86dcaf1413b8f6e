/**
 * The service worker: keeps the monitor's page so that it starts with no network at all.
 *
 * The shell is cached whole, by revision, before this version counts as installed; the map, ten
 * times as heavy, follows in a cache of its own once the page runs. It touches nothing under
 * `/api`, the manager's page, the onboarding page or any other origin, and takes over only on the
 * person's word.
 */
import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  matchPrecache,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import type { ShellMessage, Stored } from './message';

declare const self: ServiceWorkerGlobalScope;
/** Filled in by the build from the files it wrote: see `build/serviceworker.ts`. */
declare const __SHELL__: { url: string; revision: string | null }[];
declare const __MAP__: { cache: string; urls: string[] };

precacheAndRoute(__SHELL__);
cleanupOutdatedCaches();
clientsClaim();

registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    allowlist: [/^\/(index\.html)?(\?.*)?$/],
  }),
);

const map_urls = new Set(__MAP__.urls);

registerRoute(
  ({ sameOrigin, url }) => sameOrigin && map_urls.has(url.pathname),
  async ({ request }) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request),
);

async function keepMap(): Promise<void> {
  const cache = await caches.open(__MAP__.cache);
  for (const url of map_urls) {
    if ((await cache.match(url)) === undefined) await cache.add(url);
  }
}

/** Looks into the caches themselves: a browser may have emptied them since they were filled. */
async function stored(): Promise<Stored> {
  const shell = await Promise.all(__SHELL__.map(({ url }) => matchPrecache(url)));
  const cache = await caches.open(__MAP__.cache);
  const map = await Promise.all(__MAP__.urls.map((url) => cache.match(url)));
  const count = (found: unknown[]) => found.filter((answer) => answer !== undefined).length;
  return { shell: count(shell), shell_total: shell.length, map: count(map), map_total: map.length };
}

async function dropOldMaps(): Promise<void> {
  const prefix = __MAP__.cache.replace(/[^-]*$/, '');
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== __MAP__.cache) await caches.delete(name);
  }
}

self.addEventListener('activate', (event) => event.waitUntil(dropOldMaps()));

self.addEventListener('message', (event) => {
  const message = event.data as ShellMessage;
  if (message.type === 'SKIP_WAITING') void self.skipWaiting();
  const [port] = event.ports;
  const answer = async (work: Promise<unknown>) => {
    // Out of reach of the laptop this fails quietly; the next start tries again.
    await work.catch(() => undefined);
    port?.postMessage(await stored());
  };
  if (message.type === 'KEEP_MAP') event.waitUntil(answer(keepMap()));
  if (message.type === 'WHAT_IS_STORED') event.waitUntil(answer(Promise.resolve()));
});
