/**
 * The form: what a person typed or where the phone was is what is saved, and a draft outlives
 * whatever happens.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { drafts, untilStored } from './harness/pagestore.mjs';
import { Phone } from './harness/phone.mjs';

const devices = {
  flags: ['--use-fake-device-for-media-stream'],
  allowed: ['camera', 'microphone'],
};
const here = { latitude: -3.7, longitude: -73.2, accuracy: 5 };
/** 1.6 km further north. */
const there = { latitude: -3.68561, longitude: -73.2, accuracy: 60 };

test('a place by GPS is corrected key by key, and saved as it was typed', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await begin(alice, 'mining');
  await position(alice, '[data-source=gps]').waitFor();
  await alice.by('place-by-hand').tap();
  const latitude = alice.by('latitude');
  await latitude.press('End');
  for (const key of ['Backspace', 'Backspace', 'Backspace']) await latitude.press(key);
  assert.equal(await latitude.inputValue(), '-3.74');
  for (const key of '55') await latitude.press(key);
  assert.equal(await latitude.inputValue(), '-3.7455');
  await latitude.press('ControlOrMeta+a');
  await latitude.press('Delete');
  for (const key of '-4.5') {
    await latitude.press(key);
    await alice.page
      .context()
      .setGeolocation({ latitude: -3.7492, longitude: -73.2539, accuracy: 3 });
  }
  assert.equal(await latitude.inputValue(), '-4.5');
  await alice.save();
  await alice.lists(1, 'on_laptop');
  assert.deepEqual((await onlyRecord(laptop)).location, {
    lat: -4.5,
    lon: -73.25383,
    source: 'hand',
  });
});

test('a pair pasted into one field is taken for both, and what cannot be read is said at once', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { place: null });
  await begin(alice, 'fire');
  await alice.by('place-by-hand').tap();
  const said = alice.page.locator('[data-testid=hand-remark][data-reading=unreadable]');
  await alice.by('latitude').fill('quince grados');
  await said.waitFor();
  for (const pasted of ['-4.57312, -73.40122', '4.5731 S | 73.4012 O', '-4.5731° | -73.4012°']) {
    await alice.by('latitude').fill(pasted);
    await said.waitFor({ state: 'detached' });
    assert.match(await alice.by('longitude').inputValue(), /^-73\.401/);
  }
  await alice.by('longitude').fill('-4.57312, -73.40122');
  assert.equal(await alice.by('latitude').inputValue(), '-4.57312');
});

test('an open form keeps the place where it began, says how far off the phone is, and moves only when told', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { place: here });
  await begin(alice, 'fire');
  await position(alice, '[data-quality=good][data-held=exact]').waitFor();
  await alice.page.context().setGeolocation(there);
  await alice.page
    .locator('[data-testid=place-offer][data-kind=elsewhere][data-metres="1600"]')
    .waitFor();
  await alice.by('place-offer').getByText('1,6 km').waitFor();
  assert.match(await alice.by('position').innerText(), /-3\.70000, -73\.20000/);
  await alice.save();
  await alice.lists(1, 'on_laptop');
  assert.deepEqual((await onlyRecord(laptop)).location, {
    lat: -3.7,
    lon: -73.2,
    accuracy_m: 5,
    source: 'gps',
  });

  await begin(alice, 'road');
  await position(alice, '[data-quality=poor]').waitFor();
  await alice.by('hold-place').tap();
  await alice.page.context().setGeolocation(here);
  await alice.by('move-place').tap();
  await position(alice, '[data-quality=good]').waitFor();
});

test('the first photo holds the place', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { ...devices, place: { ...here, accuracy: 30 } });
  await begin(alice, 'fire');
  await position(alice, '[data-held=no][data-quality=fair]').waitFor();
  await alice.by('open-camera').tap();
  await shoot(alice);
  await alice.by('camera-done').tap();
  await position(alice, '[data-held=photo]').waitFor();
});

test('a GPS that is denied says how to allow it', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, { place: null });
  await begin(alice, 'fire');
  await alice.by('how-to-allow').getByText('Permisos').waitFor();
});

test('a record with one photo takes five taps', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop, devices);
  await alice.by('new-observation').tap();
  await alice.by('category-fire').tap();
  await alice.by('open-camera').tap();
  await shoot(alice);
  await alice.by('camera-save').tap();
  await alice.by('toast').getByText('Guardada').waitFor();
  await alice.lists(1, 'on_laptop');
  assert.equal((await onlyRecord(laptop)).media.length, 1);
});

test('a fire does not wait for an unfinished observation, and neither is lost', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  for (const [category, note] of [
    ['mining', 'Dragas en el río'],
    ['hunting', 'Casquillos'],
  ]) {
    await begin(alice, category);
    await alice.by('note').pressSequentially(note);
    await alice.by('back').tap();
    await alice.by('drafts').waitFor();
  }
  await alice.record({ category: 'fire', note: 'Humo' });
  await alice.lists(1, 'on_laptop');
  await alice.kill();
  await alice.open();
  await alice.page.locator('[data-testid=drafts][data-count="2"]').tap();
  await alice.by('draft').filter({ hasText: 'Dragas' }).tap();
  assert.equal(await alice.by('note').inputValue(), 'Dragas en el río');
  await alice.save();
  await alice.page.locator('[data-testid=drafts][data-count="1"]').waitFor();
  await alice.lists(2, 'on_laptop');
});

test('36 letters typed without a pause are there when the browser is killed a second later', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await begin(alice, 'fire');
  const note = 'abcdefghijklmnopqrstuvwxyz0123456789';
  let oldest = null;
  for (const [n, letter] of [...note].entries()) {
    await alice.by('note').press(letter);
    const kept = (await drafts(alice)).map((draft) => draft.note);
    if (kept.some((text) => text.length > 0)) oldest ??= n;
  }
  assert.ok(oldest !== null, 'something is durable while the typing goes on');
  await untilStored(alice, 'drafts-1', (texts) =>
    texts.some((text) => JSON.parse(text).note === note),
  );
  await alice.kill();
  await alice.open();
  await alice.by('draft').tap();
  assert.equal(await alice.by('note').inputValue(), note);
});

test('a save that is killed right after the tap makes one record, and no draft of it is offered', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await laptop.stop();
  for (const [n, wait_ms] of [0, 5, 20, 40, 80].entries()) {
    await begin(alice, 'fire');
    await alice.by('note').fill(`Humo ${n}`);
    await untilStored(alice, 'drafts-1', (texts) =>
      texts.some((text) => text.includes(`Humo ${n}`)),
    );
    const tapped = alice.page.evaluate((wait) => {
      document.querySelector('[data-testid=save]').click();
      return new Promise((resolve) => setTimeout(resolve, wait));
    }, wait_ms);
    await tapped;
    await alice.kill();
    await alice.open();
    await alice.by('count').or(alice.by('drafts')).first().waitFor();
    // Either it was saved, or the draft is there to be saved: never both, and never neither.
    const row = alice.by('observation').filter({ hasText: `Humo ${n}` });
    const draft = alice.by('draft').filter({ hasText: `Humo ${n}` });
    await row.or(draft).first().waitFor();
    if ((await draft.count()) > 0) {
      assert.equal(await row.count(), 0, `offered again after ${wait_ms} ms`);
      await draft.tap();
      await alice.save();
      await row.waitFor();
    }
    assert.equal(await row.count(), 1);
    assert.equal((await drafts(alice)).length, 0);
  }
});

test('what somebody else changed while a correction was open is not taken back', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await alice.record({ category: 'fire', note: 'Humo' });
  await alice.lists(1, 'on_laptop');
  const bob = await Phone.ready(t, laptop, { holder: 'Wilmer' });
  await bob.by('observation').tap();
  await bob.by('edit').tap();
  await bob.by('note').waitFor();
  await alice.by('observation').tap();
  await alice.editNote('Humo y fuego');
  await alice.isOnLaptop();
  const list = await bob.newTab();
  await bob.by('observation', list).filter({ hasText: 'Humo y fuego' }).waitFor();
  await bob.by('change-category').tap();
  await bob.by('category-road').tap();
  await bob.save();
  await bob.by('detail').getByText('Humo y fuego').waitFor();
  await bob.page.locator('[data-testid=detail] h2').getByText('Trocha').waitFor();
  assert.equal(await bob.by('conflict-value').count(), 0);
});

test('a note near its limit says what is left, and a long one does not bury place and date', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  await begin(alice, 'fire');
  await alice.by('note').fill('x'.repeat(16_384 + 10));
  await alice.page.locator('[data-testid=note-left][data-left="-10"]').waitFor();
  await alice.by('save').tap();
  await alice.by('wrong').getByText('demasiado larga').waitFor();
  await alice.by('note').fill('palabra '.repeat(2000));
  await alice.save();
  await alice.by('observation').tap();
  await alice.by('detail').waitFor();
  assert.ok((await alice.by('note-text').innerText()).length < 500);
  await alice.by('whole-note').tap();
  assert.ok((await alice.by('note-text').innerText()).length > 15_000);
});

function position(phone, which) {
  return phone.page.locator(`[data-testid=position]${which}`);
}

async function begin(phone, category) {
  await phone.by('new-observation').tap();
  await phone.by(`category-${category}`).tap();
}

async function shoot(phone) {
  await phone.page.locator('[data-testid=shutter]:enabled').tap();
  await phone.page.locator('[data-testid=taken][data-count="1"]').waitFor();
}

async function onlyRecord(laptop) {
  const { items } = await laptop.ask('/observations');
  assert.equal(items.length, 1);
  return laptop.ask(`/observations/${items[0].record}`);
}
