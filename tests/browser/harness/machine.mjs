/**
 * Machines with networks of their own, inside this one: a network namespace each, joined by cables
 * (`veth`). Nothing that runs in them can reach the real network.
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { patience_ms } from './chromium.mjs';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';

const run = promisify(execFile);
const ip = (...words) => run('ip', words);
let made = 0;

/** Why no machine can be made here; false if one can. */
export async function whyNoMachines() {
  const name = nextName();
  try {
    await ip('netns', 'add', name);
    await ip('netns', 'del', name);
    return false;
  } catch (error) {
    const [first] = (error.stderr || error.message).trim().split('\n');
    return `no network namespaces can be made: ${first}`;
  }
}

export class Machine {
  #name = nextName();

  /** A machine that has only its loopback, until the test ends. */
  static async alone(t) {
    const machine = new Machine();
    await ip('netns', 'add', machine.#name);
    atEnd(t, () => ip('netns', 'del', machine.#name));
    await machine.#ip('link', 'set', 'lo', 'up');
    return machine;
  }

  /** Joins two machines by a cable; the addresses are like `10.77.0.1/24`. */
  async join(own, other, others) {
    const peer = ['peer', 'name', 'far', 'netns', other.#name];
    await this.#ip('link', 'add', 'near', 'type', 'veth', ...peer);
    for (const [machine, end, address] of [
      [this, 'near', own],
      [other, 'far', others],
    ]) {
      await machine.#ip('addr', 'add', address, 'dev', end);
      await machine.#ip('link', 'set', end, 'up');
    }
    // The kernel sees the other end of a new cable only after a while.
    const deadline = performance.now() + patience_ms;
    while (!((await this.#isPluggedIn('near')) && (await other.#isPluggedIn('far')))) {
      if (performance.now() > deadline) throw new Error('the cable stays dead');
    }
  }

  /** The command that runs this one here. It becomes that program: a signal reaches it. */
  inside(command) {
    return ['ip', 'netns', 'exec', this.#name, ...command];
  }

  /** A program that starts this one here, whatever its arguments. */
  async starter(t, program) {
    const file = join(await temporaryFolder(t, 'starter'), 'start');
    const command = this.inside([program]).join(' ');
    await writeFile(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
    return file;
  }

  async #isPluggedIn(end) {
    return (await this.#ip('link', 'show', end)).stdout.includes('state UP');
  }

  #ip(...words) {
    return ip('-n', this.#name, ...words);
  }
}

function nextName() {
  made += 1;
  return `chasqui-browser-${process.pid}-${made}`;
}
