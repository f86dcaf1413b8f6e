/** The app installed in town, from an origin that is no laptop's. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { videoOf } from './harness/video.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { Town } from './harness/town.mjs';
import { homeThatTrusts } from './harness/trust.mjs';

/**
 * The app also asks where it came from, where no laptop answers; and Chromium says what nobody
 * allowed.
 */
const forgiven = /404 for \S+\/api\/v1\/hello|status of 404|Permission was denied|net::ERR_FAILED/;

test('the app from town pairs by the link that was sent and syncs with the laptop', async (t) => {
  const { town, laptop, home } = await townAndLaptop(t);
  const alice = await Phone.open(t, town, { home, forgiven });
  await alice.isKept();
  await paste(alice, laptop);
  await isLetIn(alice);
  await alice.isSynced();
  const [{ origin }] = (await laptop.ask('/pairings')).items;
  assert.equal(origin, town.origin);

  await laptop.stop();
  await town.close();
  await alice.restart();
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await laptop.start();
  await alice.lists(1, 'on_laptop');
});

test('the app from town pairs by the code on the screen of the laptop', async (t) => {
  const { town, laptop, home } = await townAndLaptop(t);
  const camera = await videoOf(t, (await laptop.code()).svg);
  const alice = await Phone.open(t, town, { home, forgiven, camera });
  await alice.by('scan').tap();
  await alice.says('Rosa');
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await alice.lists(1, 'on_laptop');
});

test('from the internet the app reaches the laptop once the person allows the local network', async (t) => {
  const { town, laptop, home } = await townAndLaptop(t);
  const flags = [`--ip-address-space-overrides=${town.host}=public`];
  const bob = await Phone.open(t, town, { home, forgiven, flags });
  await paste(bob, laptop);
  await bob.page.locator('[data-testid=problem][data-code=unreachable]').waitFor();
  await bob.by('tried').locator('[data-outcome=silent]', { hasText: laptop.origin }).waitFor();
  assert.match(await bob.by('tried').textContent(), /permite al navegador usar la red local/);
  assert.deepEqual((await laptop.ask('/pairings')).items, []);
  await bob.close();

  const allowed = ['local-network-access'];
  const alice = await Phone.open(t, town, { home, forgiven, flags, allowed });
  await alice.isKept();
  await paste(alice, laptop);
  await isLetIn(alice);
  await alice.isSynced();
  await laptop.stop();
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await laptop.start();
  await alice.lists(1, 'on_laptop');
});

async function townAndLaptop(t) {
  const town = await Town.start(t);
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const home = await homeThatTrusts(t, town.authority, join(laptop.data, 'authority.pem'));
  return { town, laptop, home };
}

/** Puts the link of a fresh code, which leads to the laptop, where a code can be typed. */
async function paste(phone, laptop) {
  await phone.by('type-code').tap();
  await phone.by('code').fill((await laptop.code()).link);
  await phone.says('Rosa');
}

/** Fails with what the page says, if that is a problem. */
async function isLetIn(phone) {
  const problem = phone.by('problem');
  await phone.by('status').or(problem).first().waitFor();
  assert.deepEqual(await problem.allTextContents(), []);
}
