/**
 * What the manager's page says of each phone is true: for whom to wait, what would stay behind, who
 * is ready to leave.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { letIn } from './harness/member.mjs';
import { Phone } from './harness/phone.mjs';
import { reports } from './harness/season.mjs';

const icon = (name) => new URL(`../../www/public/icons/${name}`, import.meta.url).pathname;

test('a phone whose photos have not come is waited for, and is green only once they have', async (t) => {
  const laptop = await Laptop.start(t);
  const manager = await Manager.open(t, laptop);
  const phone = await Phone.ready(t, laptop, { holder: 'Nélida' });
  const row = manager.by('phone');
  await row.and(manager.page.locator('[data-standing=complete]')).waitFor();
  assert.equal(await row.count(), 1, 'a phone that recorded nothing is one row');

  const uploads = /\/api\/v1\/media(\/uploads\/.+)?$/;
  await phone.page.context().route(uploads, (route) => route.abort('connectionrefused'));
  await phone.by('new-observation').tap();
  await phone.by('pick-files').setInputFiles([icon('icon-192.png'), icon('icon-512.png')]);
  await phone.by('file').nth(1).waitFor();
  await phone.by('category-fire').tap();
  await phone.save();

  const awaited = manager.by('awaited');
  await awaited.getByText('Espera a Nélida (2 fotos).').waitFor();
  assert.equal(await awaited.locator('[data-tone=good]').count(), 0);
  await row.getByText('1 observación · fotos 0 de 2').waitFor();
  assert.match(
    await row.getByTestId('standing').textContent(),
    /^Falta que lleguen: 2 fotos \(\d+ kB\)$/,
  );
  assert.match(
    await manager.page.title(),
    /^Espera a \u2068Nélida\u2069 \(2 fotos\)\. · 1 observación/,
  );
  await manager.by('change').click();
  await manager.by('revoke').click();
  assert.match(await manager.by('loss').textContent(), /quedan 2 fotos \(\d+ kB\) que no llegaron/);
  await manager.page.keyboard.press('Escape');

  await phone.page.context().unroute(uploads);
  await awaited.getByText('Llegó todo lo que los teléfonos dijeron tener.').waitFor();
  await row.getByText('1 observación · fotos 2 de 2').waitFor();
  assert.match(await row.getByTestId('standing').textContent(), /^Llegó todo lo que dijo tener \(/);
  assert.equal(await row.count(), 1);
});

test('of a phone that has told nothing, nothing is said to have come', async (t) => {
  const laptop = await Laptop.start(t);
  await letIn(laptop, (await laptop.code()).code, 'Wilmer');
  const manager = await Manager.open(t, laptop);
  await manager.by('awaited').getByText('No se sabe todavía qué tiene Wilmer.').waitFor();
  assert.equal(await manager.by('standing').textContent(), 'No ha dicho todavía qué tiene');
  await manager.by('change').click();
  await manager.by('revoke').click();
  assert.match(await manager.by('loss').textContent(), /No ha dicho qué tiene/);
});

test('each phone says whether it is ready for the forest, and what to do if not', async (t) => {
  const laptop = await Laptop.start(t);
  const ready = await letIn(laptop, (await laptop.code()).code, 'Rosa');
  const trapped = await letIn(laptop, (await laptop.code()).code, 'Wilmer');
  await letIn(laptop, (await laptop.code()).code, 'Ana');
  await reports(laptop, ready.token, {});
  await reports(laptop, trapped.token, { app_kept: 'no', storage_persistent: 'unknown' });
  const manager = await Manager.open(t, laptop);
  const of = (name) => manager.by('phone').filter({ hasText: name }).getByTestId('readiness');
  await of('Rosa').getByText('Listo para el monte').waitFor();
  await of('Wilmer').getByText('No abre sin la laptop.').waitFor();
  await of('Wilmer').getByText('Sin comprobar en el teléfono: datos protegidos.').waitFor();
  await of('Ana').getByText('No ha dicho si está listo para el monte').waitFor();
});

test('adding a phone begins at a page that every phone opens, and no camera is shown the way around it', async (t) => {
  const laptop = await Laptop.start(t, { found_elsewhere: true });
  const manager = await Manager.open(t, laptop);
  await manager.invite();
  assert.equal(await manager.by('onboarding').textContent(), `${laptop.origin}/connect/`);
  const page = await fetch(`${laptop.origin}/connect/`);
  assert.equal(page.status, 200);
  const inside = await manager.by('inside-app').textContent();
  assert.match(inside, /Dentro de Chasqui/);
  assert.doesNotMatch(inside, /https?:/);
  assert.doesNotMatch(inside.replace(/No con la cámara[^.]*\./, ''), /cámara/);
  const order = await manager.page.evaluate(() => {
    const [one, two] = ['new-phone', 'inside-app'].map((id) =>
      document.querySelector(`[data-testid=${id}]`).getBoundingClientRect(),
    );
    return one.bottom <= two.top && two.bottom <= innerHeight;
  });
  assert.ok(order, 'both steps are in sight, one under the other');
});
