/**
 * A web server in town that offers the app, as the note says that `chasqui pages` leaves beside it.
 *
 * A phone that installed the app from there has its data at that origin, not at that of a laptop.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { ownAuthority } from './authority.mjs';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';
import { program } from './laptop.mjs';

const run = promisify(execFile);
const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export class Town {
  /** Ends with the test. `authority` is the file of the authority that a phone trusts it by. */
  static async start(t) {
    const folder = await temporaryFolder(t, 'town');
    await run(program, ['pages', folder]);
    const { authority, certificate, key } = await ownAuthority(t);
    const headersOf = headers(await readFile(join(folder, 'chasqui-pages.txt'), 'utf8'));
    const files = { cert: await readFile(certificate), key: await readFile(key) };
    const server = createServer(files, (request, response) => {
      const { pathname } = new URL(request.url, 'https://town');
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
      readFile(join(folder, path)).then(
        (bytes) => response.writeHead(200, headersOf(path)).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const town = new Town();
    town.authority = authority;
    town.host = `127.0.0.1:${server.address().port}`;
    town.origin = `https://${town.host}`;
    town.close = () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    };
    atEnd(t, () => town.close());
    return town;
  }
}

/** What goes with the file of a path, as the note has it. */
function headers(note) {
  const always = [...note.matchAll(/^ {4}([\w-]+): (.+)$/gm)].map(([, name, value]) => [
    name,
    value,
  ]);
  const [pages, engine] = [...note.matchAll(/Content-Security-Policy: (.+?)[.;]?$/gm)];
  const [, engineScript] = /every answer but (\S+?)….js/.exec(note);
  return (path) => ({
    ...Object.fromEntries(always),
    'Content-Security-Policy': (path.startsWith(engineScript) ? engine : pages)[1],
    'Cache-Control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
  });
}
