/** The way of a photo: from a phone whose browser is killed over it to the laptop, with no click. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';

const picture = new URL('../../www/public/icons/icon-512.png', import.meta.url);

test('a photo outlives a killed browser, is saved with its record and reaches the laptop after it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await laptop.stop();

  await alice.by('new-observation').tap();
  await alice.by('take-photo').setInputFiles(picture.pathname);
  await alice.by('file').getByTestId('photo').waitFor();
  await alice.kill();

  await alice.open();
  await alice.by('new-observation').tap();
  await alice.by('file').getByTestId('photo').waitFor();
  await alice.by('category-oil_spill').tap();
  await alice.save();
  await alice.lists(1, 'on_phone');

  await laptop.start();
  await alice.lists(1, 'on_laptop');
  const { items } = await laptop.ask('/observations');
  const { media } = await laptop.ask(`/observations/${items[0].record}`);
  assert.equal(media.length, 1);
  const answer = await arrived(laptop, media[0].hash);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), media[0].type);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(bytes.length, media[0].bytes);
  await alice.by('state-chip').filter({ hasText: 'En la laptop' }).waitFor();

  await alice.by('observation').tap();
  await alice.by('detail').getByTestId('photo').waitFor();
});

/** The laptop's answer with a file, once it is there. */
async function arrived(laptop, hash) {
  for (;;) {
    const answer = await laptop.fetch(`/media/${hash}`);
    if (answer.status !== 404) return answer;
    await setTimeout(50);
  }
}
