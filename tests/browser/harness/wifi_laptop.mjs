/**
 * A laptop on a machine of its own, with the addresses and ports that `chasqui serve` takes by
 * itself.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';
import { Laptop } from './laptop.mjs';

const run = promisify(execFile);
/** Asks as the manager at that machine does: the real network is not its network. */
const asking = `
  const [url, options] = process.argv.slice(1);
  const answer = await fetch(url, JSON.parse(options));
  console.log(JSON.stringify([answer.status, await answer.text()]));
`;

export class WifiLaptop extends Laptop {
  #machine;

  constructor(folder, machine, address) {
    super(folder, 8443, 'https');
    this.#machine = machine;
    this.origin = `https://${address}:8443`;
    /** Where a phone that does not trust it yet is told how to. */
    this.doorstep = `http://${address}:8080`;
    this.arguments = ['serve', '--data', this.data];
  }

  /** Runs until the test ends, on a machine that has this address. */
  static async startOn(t, machine, address) {
    const laptop = new WifiLaptop(await temporaryFolder(t, 'laptop'), machine, address);
    atEnd(t, () => laptop.kill());
    await laptop.start();
    return laptop;
  }

  inside(command) {
    return this.#machine.inside(command);
  }

  async fetch(path, options = {}) {
    const { url, key } = await this.serving();
    const headers = { ...options.headers, Authorization: `Bearer ${key}` };
    const words = [`${url}/api/v1${path}`, JSON.stringify({ ...options, headers })];
    const script = [process.execPath, '--input-type=module', '--eval', asking, ...words];
    const [program, ...all] = this.inside(script);
    const [status, body] = JSON.parse((await run(program, all)).stdout);
    return new Response(body, { status });
  }
}
