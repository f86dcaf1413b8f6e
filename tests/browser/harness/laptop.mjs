/**
 * The real `chasqui` program, on a data directory and a port of its own.
 *
 * It can be stopped and started again as often as a test likes; the address stays, as a phone's
 * origin must.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';

const built = new URL('../../../target/release/chasqui', import.meta.url);
/** The `chasqui` program. */
export const program = process.env.CHASQUI ?? fileURLToPath(built);
/** Below the ports that the system hands out: nobody else takes it while the laptop is off. */
const port_min = 20_000;
const port_count = 10_000;

export class Laptop {
  #process = null;
  #told = '';

  constructor(folder, port, scheme) {
    this.port = port;
    this.data = join(folder, 'data');
    this.folder = folder;
    this.origin = `${scheme}://127.0.0.1:${port}`;
    this.managersPage = `${this.origin}/manager/`;
    const address = `127.0.0.1:${port}`;
    const listen =
      scheme === 'https' ? ['--http', '127.0.0.1:0', '--https', address] : ['--http', address];
    this.arguments = ['serve', '--data', this.data, '--no-announce', ...listen];
  }

  /**
   * A running laptop that ends with the test; with `port`, at the address of one that is off. One
   * that phones reach by http has an https address too if it is to be `found_elsewhere`.
   */
  static async start(t, { scheme = 'http', port, found_elsewhere = false } = {}) {
    const folder = await temporaryFolder(t, 'laptop');
    const laptop = new Laptop(folder, port ?? (await freePort()), scheme);
    if (found_elsewhere) laptop.arguments.push('--https', `127.0.0.1:${await freePort()}`);
    atEnd(t, () => laptop.kill());
    await laptop.start();
    return laptop;
  }

  /** From the next start on it is no longer at its origin, but only at its other address. */
  leaveOrigin() {
    this.arguments[this.arguments.indexOf('--http') + 1] = '127.0.0.1:0';
  }

  /**
   * From the next start on it shows this certificate in place of its own; without one, its own
   * again.
   */
  presents(files) {
    const at = this.arguments.indexOf('--certificate');
    if (at >= 0) this.arguments.splice(at, 4);
    if (files === undefined) return;
    this.arguments.push('--certificate', files.certificate, '--key', files.key);
  }

  /** Resolves once it listens. */
  async start() {
    this.#told = '';
    const [command, ...words] = this.inside([program, ...this.arguments]);
    this.#process = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stderr.on('data', (text) => (this.#told += text));
    for await (const line of createInterface({ input: this.#process.stdout })) {
      if (line.startsWith('Ctrl+C')) return;
    }
    throw new Error(`chasqui did not start:\n${this.#told}`);
  }

  /** The command that runs this one on the laptop's machine, which is this one. */
  inside(command) {
    return command;
  }

  /** Asks it to stop, as Ctrl+C does, and waits until the process is gone. */
  async stop() {
    const code = await this.#end('SIGTERM');
    if (code !== 0) throw new Error(`chasqui stopped with ${code}:\n${this.#told}`);
  }

  /** A pulled plug. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** The answer of its API to its manager, as JSON. With an `order`, that is posted. */
  async ask(path, order) {
    const body = JSON.stringify(order);
    const headers = { 'Content-Type': 'application/json' };
    const options = order === undefined ? {} : { method: 'POST', headers, body };
    const answer = await this.fetch(path, options);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** A request to its API as its manager at this machine. */
  async fetch(path, options = {}) {
    const { url, key } = await this.serving();
    const headers = { ...options.headers, Authorization: `Bearer ${key}` };
    return fetch(`${url}/api/v1${path}`, { ...options, headers });
  }

  /** What a program beside the laptop asks with: where its API is, and the manager's key. */
  async serving() {
    return JSON.parse(await readFile(join(this.data, 'serving.json'), 'utf8'));
  }

  /** A code that lets one phone in, as the manager's page shows it. */
  code() {
    return this.ask('/pairings/codes', {});
  }

  /** Puts out everybody who was let in. */
  async revokeAll() {
    const { items } = await this.ask('/pairings');
    for (const { device } of items) await this.ask(`/pairings/${device}/revoke`, {});
  }

  async #end(signal) {
    const process = this.#process;
    this.#process = null;
    if (process === null || process.exitCode !== null) return process?.exitCode ?? 0;
    process.kill(signal);
    const [code] = await once(process, 'exit');
    return code;
  }
}

async function freePort() {
  for (;;) {
    const port = port_min + Math.floor(Math.random() * port_count);
    const server = createServer();
    const free = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
