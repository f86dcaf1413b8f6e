/** Getting in by the manager's code, and what a phone does that is not let in, or no longer. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { videoOf } from './harness/video.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { homeThatTrusts } from './harness/trust.mjs';

test('a phone that nobody let in asks for the code, records nothing and asks no laptop', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.open(t, laptop);
  const asked = [];
  alice.watch.onRequest((address) => asked.push(address));
  await alice.page.locator('[data-testid=pairing][data-step=choose]').waitFor();
  await alice.isKept();
  await alice.page.goto(`${laptop.origin}/#/new`);
  await alice.by('scan').waitFor();
  assert.equal(await alice.by('new-observation').count(), 0);
  assert.equal(await alice.by('save').count(), 0);
  assert.deepEqual(
    asked.filter((address) => address.includes('/api/')),
    [],
  );
  assert.deepEqual((await laptop.ask('/pairings')).items, []);
});

test('the link lets a phone in, its code leaves the address, and what it records arrives', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.open(t, laptop);
  await alice.isKept();
  const { link } = await laptop.code();
  await alice.page.goto(`${laptop.origin}/${new URL(link).hash}`);
  await alice.by('holder').waitFor();
  assert.equal(new URL(alice.page.url()).hash, '#/pair');
  await alice.says('Rosa Tello');
  await alice.isSynced();
  const [{ name, role, device }] = (await laptop.ask('/pairings')).items;
  assert.deepEqual([name, role], ['Rosa Tello', 'monitor']);

  await laptop.stop();
  await alice.restart();
  await alice.record({ category: 'mining', note: 'Draga en la quebrada' });
  await laptop.start();
  await alice.lists(1, 'on_laptop');
  assert.equal((await laptop.ask('/observations')).items[0].author, device);
  await alice.by('open-phone').tap();
  assert.equal(await alice.by('phone').getByTestId('holder').textContent(), 'Rosa Tello');
  assert.equal(await alice.by('phone').getByTestId('role').textContent(), 'monitor');
});

test('a code that is typed lets a phone in, and a wrong one is said to be wrong', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.open(t, laptop);
  await alice.by('type-code').tap();
  await alice.by('code').fill('ABCD-EFGH');
  await alice.says('Wilmer');
  await alice.page.locator('[data-testid=problem][data-code=code_refused]').waitFor();
  alice.watch.forgive(/403/);
  const { code } = await laptop.code();
  await alice.by('code').fill(code.replace('-', ' ').toLowerCase());
  await alice.by('pair').tap();
  await alice.isSynced();
});

test('the camera reads the code off the screen of the laptop', async (t) => {
  const laptop = await Laptop.start(t);
  const { svg, link } = await laptop.code();
  const alice = await Phone.open(t, laptop, { camera: await videoOf(t, svg) });
  await alice.by('scan').tap();
  await alice.says('Rosa');
  await alice.isSynced();
  assert.ok(link.includes('#pair='));
  assert.equal((await laptop.ask('/pairings')).items.length, 1);
});

test('where the camera is not allowed the page says so, and the code can be typed', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.open(t, laptop);
  await alice.by('scan').tap();
  await alice.by('camera-refused').waitFor();
  await alice.by('type-code').tap();
  await alice.by('code').fill((await laptop.code()).code);
  await alice.says('Rosa');
  await alice.isSynced();
});

test('a phone that was put out keeps its data, says so, sends nothing, and gets in again', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'fire', note: 'Humo al norte' });
  await alice.lists(1, 'on_laptop');
  await laptop.revokeAll();
  await alice.record({ category: 'fire', note: 'Humo al sur' });
  const isPutOut = () =>
    alice.by('status').filter({ hasText: 'Coordinación retiró este teléfono' }).waitFor();
  await isPutOut();
  await alice.lists(1, 'on_phone');
  assert.equal((await laptop.ask('/observations')).items.length, 1);
  alice.watch.forgive(/401/);
  await alice.restart();
  await isPutOut();
  await alice.lists(1, 'on_phone');
  alice.watch.forgive(/401/);

  await alice.by('pair-again').tap();
  await alice.by('type-code').tap();
  await alice.by('code').fill((await laptop.code()).code);
  assert.equal(await alice.by('holder').inputValue(), 'Rosa');
  await alice.by('pair').tap();
  await alice.lists(2, 'on_laptop');
});

test('a stranger at the address of the laptop is told nothing', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await laptop.stop();
  await alice.record({ category: 'road', note: 'Trocha nueva' });
  const stranger = await Laptop.start(t, { port: laptop.port });
  const status = alice.by('status').filter({ hasText: 'Aquí responde otra laptop' });
  await status.waitFor();
  await alice.by('open-phone').tap();
  await alice.by('tried').locator('[data-outcome=other_project]').waitFor();
  assert.equal((await stranger.ask('/status')).entries, 0);
  await stranger.stop();
  await laptop.start();
  await alice.by('back').tap();
  await alice.lists(1, 'on_laptop');
});

test('a laptop that left the origin of the page is found at the address that it told', async (t) => {
  const laptop = await Laptop.start(t, { found_elsewhere: true });
  const home = await homeThatTrusts(t, join(laptop.data, 'authority.pem'));
  const alice = await Phone.ready(t, laptop, { home });
  await laptop.stop();
  await alice.record({ category: 'road', note: 'Trocha nueva' });
  laptop.leaveOrigin();
  await laptop.start();
  await alice.lists(1, 'on_laptop');
  await alice.restart();
  await alice.isSynced();
});

test('of two tabs one alone talks with the laptop', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.open(t, laptop);
  const asked = [];
  const listens = new Promise((resolve) => {
    alice.watch.onRequest((address) => {
      const { pathname } = new URL(address);
      asked.push(pathname);
      if (pathname === '/api/v1/events') resolve();
    });
  });
  await alice.isKept();
  await alice.pair();
  await alice.isSynced();
  await listens;
  asked.length = 0;
  const second = await alice.newTab();
  await alice.by('sync-now', second).tap();
  await alice.record({ category: 'road', note: 'Trocha nueva' });
  await alice.by('observation', second).filter({ hasText: 'Trocha' }).waitFor();
  await alice.lists(1, 'on_laptop');
  assert.equal(asked.filter((path) => path === '/api/v1/changes').length, 1);
  assert.deepEqual(
    asked.filter((path) => path === '/api/v1/events'),
    [],
  );
});
