/** The address that a real phone uses: https, by an authority that the phone was told to trust. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownAuthority } from './harness/authority.mjs';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';
import { homeThatTrusts, strangersHome } from './harness/trust.mjs';

test('over https the app starts with the laptop off and syncs when it is back', async (t) => {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const home = await homeThatTrusts(t, join(laptop.data, 'authority.pem'));
  const alice = await Phone.ready(t, laptop, { home });
  assert.ok(await alice.page.evaluate(() => window.isSecureContext));

  await laptop.stop();
  await alice.restart();
  await alice.record({ category: 'contaminated_water', note: 'Agua con espuma' });
  await laptop.start();
  await alice.lists(1, 'on_laptop');
});

test('a phone that was not told to trust the laptop does not open the app', async (t) => {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const home = await strangersHome(t);
  await assert.rejects(Phone.open(t, laptop, { home }), /ERR_CERT_AUTHORITY_INVALID/);
});

test('a laptop with a certificate that the phone does not trust gets nothing, and the phone says why', async (t) => {
  const laptop = await Laptop.start(t, { scheme: 'https' });
  const home = await homeThatTrusts(t, join(laptop.data, 'authority.pem'));
  const alice = await Phone.ready(t, laptop, { home });
  await laptop.stop();
  laptop.presents(await ownAuthority(t));
  await laptop.start();

  await alice.restart();
  await alice.record({ category: 'contaminated_water', note: 'Agua con espuma' });
  await alice.lists(1, 'on_phone');
  await alice.page.locator('[data-testid=status][data-phase=away][data-waiting="1"]').waitFor();
  await alice.by('open-phone').tap();
  const tried = alice.by('tried');
  await tried.locator('[data-outcome=silent]', { hasText: laptop.origin }).waitFor();
  const told = await tried.textContent();
  assert.match(told, /nadie respondió, o el navegador no lo permitió/);
  assert.match(told, /puede haber cambiado el certificado/);
  assert.deepEqual((await laptop.ask('/observations')).items, []);
  alice.watch.forgive(/ERR_CERT_AUTHORITY_INVALID/);

  await laptop.stop();
  laptop.presents();
  await laptop.start();
  await alice.by('back').tap();
  await alice.lists(1, 'on_laptop');
});
