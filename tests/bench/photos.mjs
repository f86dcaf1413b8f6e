/**
 * Photos taken one after the other, each followed by an edit, in a real Chromium: how many are
 * never answered.
 *
 *     cd tests/browser && node ../bench/photos.mjs [photos] [runs] [seed]      (after `make build`;
 *     500 photos, 20 runs)
 */
import { Laptop } from '../browser/harness/laptop.mjs';
import { Phone } from '../browser/harness/phone.mjs';
import { takePhotos } from '../browser/harness/takes.mjs';

const [photos = 500, runs = 20, first_seed = 1] = process.argv.slice(2).map(Number);
const bytes = 250_000;
const patience_ms = 20_000;

let all_stuck = 0;
for (let run = 0; run < runs; run += 1) {
  const ends = [];
  const t = { after: (end) => ends.unshift(end) };
  try {
    const laptop = await Laptop.start(t);
    const alice = await Phone.ready(t, laptop);
    await laptop.stop();
    const seed = first_seed + run;
    const began = performance.now();
    const { stuck, slowest_ms } = await takePhotos(alice.page, {
      count: photos,
      bytes,
      seed,
      patience_ms,
    });
    const each_ms = (performance.now() - began) / photos;
    console.log(
      `seed ${seed}: ${stuck.length} of ${photos} not answered ${JSON.stringify(stuck)},`,
      `${each_ms.toFixed(0)} ms each, the slowest take ${slowest_ms.toFixed(0)} ms`,
    );
    all_stuck += stuck.length;
  } finally {
    for (const end of ends) await end();
  }
}
console.log(`${all_stuck} of ${photos * runs} photos were not answered`);
process.exitCode = all_stuck === 0 ? 0 : 1;
