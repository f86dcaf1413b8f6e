/** The manager's way in, and the ways in that a manager gives and takes. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { letIn } from './harness/member.mjs';
import { Phone } from './harness/phone.mjs';

const rows = {
  name: 'rows.csv',
  mimeType: 'text/csv',
  buffer: await readFile(new URL('fixtures/rows.csv', import.meta.url)),
};

test('the printed link lets the manager in, leaves no key behind, and a reload stays in', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.atDoor(t);
  await manager.page.goto(await link(laptop));
  await manager.isIn();
  assert.equal(manager.page.url(), laptop.managersPage);
  await manager.page.goBack();
  assert.equal(manager.page.url(), 'about:blank');
  await manager.page.goForward();
  await manager.isIn();
  await manager.page.reload();
  await manager.isIn();
  assert.equal(await manager.by('sign-in').count(), 0);
});

test('without the key nothing is shown, a wrong one is refused, and the pasted link lets in', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.atDoor(t);
  await manager.page.goto(laptop.managersPage);
  await manager.by('sign-in').filter({ hasText: '#key=' }).waitFor();
  assert.equal(await manager.by('counts').count(), 0);
  assert.equal(await manager.by('refusal').count(), 0);

  await manager.page.goto(`${laptop.managersPage}#key=${'0'.repeat(32)}`);
  await manager.page.locator('[data-testid=refusal][data-code=session_refused]').waitFor();
  assert.equal(manager.page.url(), laptop.managersPage);
  await manager.by('credential').fill('mi clave');
  await manager.by('credential').press('Enter');
  await manager.by('sign-in').filter({ hasText: 'no es el enlace' }).waitFor();
  await manager.page.keyboard.press('Escape');
  await manager.page.keyboard.press('Escape');
  await manager.by('credential').fill(await link(laptop));
  await manager.by('credential').press('Enter');
  await manager.isIn();
  manager.watch.forgive(/401/);
});

test('a session that ends covers the page, and keeps what was typed', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.by('meeting-url').fill('10.42.0.7:8080');
  await manager.by('invite-button').click();
  await manager.by('code').waitFor();
  await manager.context.clearCookies();
  await manager.by('sign-in').filter({ hasText: 'La sesión terminó' }).waitFor();
  await manager.by('credential').fill(await link(laptop));
  await manager.by('credential').press('Enter');
  await manager.by('sign-in').waitFor({ state: 'detached' });
  await manager.isIn();
  await manager.by('code').waitFor();
  assert.equal(await manager.by('meeting-url').inputValue(), '10.42.0.7:8080');
  assert.ok(await manager.wasNeverReloaded());
  manager.watch.forgive(/401/);
});

test('signing out closes the page to whoever comes next', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.by('leave').click();
  await manager.by('sign-in').waitFor();
  await manager.page.reload();
  await manager.by('sign-in').waitFor();
  assert.equal(await manager.by('counts').count(), 0);
  manager.watch.forgive(/401/);
});

test('a code is shown until a phone has come in by it, which is then said and listed', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const code = await manager.invite();
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.ok(
    await manager.by('qr').evaluate((image) => image.decode().then(() => image.naturalWidth)),
  );
  assert.match(await manager.by('left').textContent(), /\d:\d\d/);
  assert.match(await manager.by('link').textContent(), /#pair=[0-9A-Z-]{9}&key=/);

  // Looking again, or at the other role and back, uses up no more codes.
  await manager.page.keyboard.press('Escape');
  assert.equal(await manager.invite(), code);
  await manager.by('role-manager').check();
  await manager.page
    .locator(`[data-testid=invite][data-code]:not([data-code="${code}"])`)
    .waitFor();
  await manager.by('role-monitor').check();
  assert.equal(await manager.by('code').textContent(), code);
  assert.equal((await laptop.ask('/pairings')).codes.length, 2);

  const { device } = await letIn(laptop, code, 'Rosa');
  await manager.by('toast').filter({ hasText: 'Entró el teléfono de Rosa' }).waitFor();
  await manager.by('invite').waitFor({ state: 'detached' });
  const rosa = manager.page.locator(`[data-testid=phone][data-device="${device}"]`);
  await rosa.filter({ hasText: 'Rosa' }).filter({ hasText: 'monitor · teléfono' }).waitFor();
});

test('a code that the laptop forgot is not shown on, and another one is offered', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const code = await manager.invite();
  await laptop.stop();
  await laptop.start();
  await manager.by('renew').click();
  await manager.by('code').waitFor();
  assert.notEqual(await manager.by('code').textContent(), code);
});

test('a member gets another name and role, and is put out only after a word of what it means', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const { token } = await letIn(laptop, (await laptop.code()).code, 'Rosa');
  await manager.by('change').click();
  await manager.by('member-name').fill('  ');
  await manager.by('member-save').click();
  await manager.page.locator('[data-testid=refusal][data-code=name_unusable]').waitFor();
  manager.watch.forgive(/422/);
  await manager.by('member-name').fill('Rosa Tello');
  await manager.by('member').getByTestId('role-manager').check();
  await manager.by('member-save').click();
  const rosa = manager.by('phone').filter({ hasText: 'Rosa Tello' });
  await rosa.filter({ hasText: 'coordinación' }).waitFor();
  assert.equal(await answerTo(laptop, token), 200);

  await rosa.getByTestId('change').click();
  await manager.by('revoke').click();
  await manager.by('member').filter({ hasText: 'conserva lo que tiene' }).waitFor();
  assert.equal(await answerTo(laptop, token), 200);
  await manager.by('revoke-yes').click();
  await manager.page.locator('[data-testid=phone][data-revoked=true]').waitFor();
  assert.equal(await answerTo(laptop, token), 401);
});

test('a manager whose way in was taken away is put out of an open page', async (t) => {
  const laptop = await Laptop.start(t);
  const { code } = await laptop.ask('/pairings/codes', { role: 'manager' });
  const { device, token } = await letIn(laptop, code, 'Luis');
  const manager = await Manager.atDoor(t);
  await manager.page.goto(laptop.managersPage);
  await manager.by('credential').fill(token);
  await manager.by('credential').press('Enter');
  await manager.isIn();
  await laptop.ask(`/pairings/${device}/revoke`, {});
  await manager.by('sign-in').filter({ hasText: 'La sesión terminó' }).waitFor();
  // Its connections end with its access, also the one on which the map was still being read.
  manager.watch.forgive(/401|Worker failed to load/);
});

test('who recorded it, and that it is unaltered, is one click away', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.import(rows);
  await manager.closeReport();
  await manager.by('row').first().click();
  await manager.by('custody-ask').click();
  const answer = manager.page.locator('[data-testid=custody][data-whole=true]');
  await answer.filter({ hasText: 'Esta laptop' }).filter({ hasText: 'Intacta' }).waitFor();
  assert.equal(await manager.by('custody-version').count(), 1);
});

test('what a phone recorded is said to be its holder’s, with the signature of each version', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const rosa = await Phone.ready(t, laptop);
  await rosa.record({ category: 'mining', note: 'Draga en la quebrada' });
  await rosa.look('Draga en la quebrada');
  await rosa.editNote('Dos dragas en la quebrada');
  await manager.by('row').filter({ hasText: 'Dos dragas' }).click();
  await manager.by('custody-ask').click();
  const answer = manager.page.locator('[data-testid=custody][data-whole=true]');
  await answer.filter({ hasText: 'La registró Rosa' }).filter({ hasText: '2 de 2' }).waitFor();
});

test('a version of which anything does not hold is said to be altered', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  await manager.import(rows);
  await manager.closeReport();
  await manager.page.route('**/custody', async (route) => {
    const custody = await (await route.fetch()).json();
    custody.versions[0].signature = 'invalid';
    await route.fulfill({ json: { ...custody, whole: false } });
  });
  await manager.by('row').first().click();
  await manager.by('custody-ask').click();
  const answer = manager.page.locator('[data-testid=custody][data-whole=false]');
  await answer.filter({ hasText: 'No está intacta: valen 0 de 1 firmas' }).waitFor();
  await manager.page.locator('[data-testid=custody-version][data-holds=false]').waitFor();
});

async function link(laptop) {
  return `${laptop.managersPage}#key=${(await laptop.serving()).key}`;
}

/** The status of an answer to whoever has this token. */
async function answerTo(laptop, token) {
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(`${laptop.origin}/api/v1/observations`, { headers })).status;
}
