/** No photo that is being taken hangs, whatever the browser does with its memory meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patience_ms } from './harness/chromium.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { collectAllTheTime, takePhotos, with_collector } from './harness/takes.mjs';

const bytes = 250_000;

test('each photo that is taken is answered, also while the browser collects its memory all the time', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { flags: [with_collector] });
  await laptop.stop();
  await collectAllTheTime(alice.page);
  const taken = await takePhotos(alice.page, {
    count: 12,
    bytes,
    seed: 1,
    patience_ms,
    stuck_max: 1,
  });
  assert.deepEqual(taken.stuck, []);
  // Of several parts: each of them is read by itself.
  const large = { count: 2, bytes: 12 * bytes, seed: 2, patience_ms, stuck_max: 1 };
  assert.deepEqual((await takePhotos(alice.page, large)).stuck, []);
});
