/**
 * Each screen of the phone, in each language, on small phones, held sideways and with larger text.
 * With SCREENS=folder each is also kept as a picture, to be looked at.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { faultsOfAxe, faultsOfSight } from './harness/measure.mjs';
import { Phone } from './harness/phone.mjs';
import { fill, languages, leave, long_names, screens, show, sizes } from './harness/screens.mjs';

const folder = process.env.SCREENS;
/** One size, language or screen alone, for whoever mends it: `ONLY=360x640-200,pt,detail`. */
const only = process.env.ONLY?.split(',') ?? [];
const wanted = (all) =>
  all.some((one) => only.includes(one)) ? all.filter((one) => only.includes(one)) : all;

test('no screen of the phone cuts a text, hides one, or has a target too small for a finger', async (t) => {
  const laptop = await Laptop.start(t);
  const settings = { flags: ['--use-fake-device-for-media-stream'], allowed: ['camera'] };
  const alice = await Phone.ready(t, laptop, { ...settings, holder: long_names[0] });
  const bob = await Phone.ready(t, laptop, { holder: long_names[1] });
  await alice.hasMap();
  await fill(t, laptop, alice, bob);
  await bob.close();
  alice.page.on('dialog', (question) => void question.accept());
  if (folder) await mkdir(folder, { recursive: true });

  const wrong = {};
  for (const screen of wanted(Object.keys(screens))) {
    const faults = await look(alice, screen).catch(({ message }) => ({ [screen]: [message] }));
    for (const [where, what] of Object.entries(faults))
      t.diagnostic(`${where}: ${what.join('; ')}`);
    Object.assign(wrong, faults);
  }
  assert.deepEqual(wrong, {});
});

/** Opens a screen, and says what is wrong with it, and where. */
async function look(phone, screen) {
  const { page } = phone;
  await page.goto(`${phone.laptop.origin}/`);
  await phone.by('observation').first().waitFor();
  await show(page, 'es', sizes[1]);
  await screens[screen](phone);
  await page.locator('[data-testid=toast] span').waitFor({ state: 'detached' });
  const heard = await faultsOfAxe(page);
  const faults = heard.length > 0 ? { [screen]: heard } : {};
  const size_names = wanted(sizes.map(({ name }) => name));
  for (const language of wanted(languages)) {
    for (const size of sizes.filter(({ name }) => size_names.includes(name))) {
      await show(page, language, size);
      const where = `${screen}-${language}-${size.name}`;
      const seen = await faultsOfSight(page);
      if (seen.length > 0) faults[where] = seen;
      if (folder)
        await page.screenshot({ path: join(folder, `${where}.png`), animations: 'disabled' });
    }
  }
  await show(page, 'es', sizes[1]);
  await leave(phone);
  return faults;
}
