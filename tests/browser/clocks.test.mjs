/**
 * A phone whose clock is years off says so on its first screen, with both times, in every language
 * and at every size.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Phone } from './harness/phone.mjs';

const years_ms = 6 * 365 * 24 * 3_600_000;
const sizes = [
  { width: 320, height: 568 },
  { width: 360, height: 640 },
  { width: 640, height: 360 },
];
const said = {
  es: [/este teléfono dice .*la laptop dice/, /Corrige/],
  pt: [/este celular diz .*o notebook diz/, /Corrija/],
  en: [/this phone says .*the laptop says/, /Set right/],
};

test('a phone whose clock is years off names both clocks, whole, until its clock is set right', async (t) => {
  const laptop = await Laptop.start(t);
  const alice = await Phone.ready(t, laptop);
  assert.equal(await alice.by('clocks').count(), 0);
  const [worker] = alice.page.workers();
  await worker.evaluate((years_ms) => {
    const right = Date.now;
    self.setRight = () => (Date.now = right);
    Date.now = () => right() - years_ms;
  }, years_ms);
  await alice.by('sync-now').tap();
  await alice.by('clocks').waitFor();
  const now = new Date();
  const then = new Date(now - years_ms);
  for (const [language, [names, asks]] of Object.entries(said)) {
    await alice.by('language').selectOption(language);
    for (const size of sizes) {
      await alice.page.setViewportSize(size);
      const sentence = alice.by('clocks');
      const text = await sentence.textContent();
      assert.match(text, names);
      assert.match(text, asks);
      assert.ok(text.includes(then.getFullYear()) && text.includes(now.getFullYear()), text);
      const fits = await sentence.evaluate(
        (one) => one.scrollWidth <= one.clientWidth || one.clientWidth === 0,
      );
      assert.ok(fits, `${language} at ${size.width} px is cut`);
    }
  }
  await worker.evaluate(() => self.setRight());
  await alice.by('sync-now').tap();
  await alice.by('clocks').waitFor({ state: 'detached' });
});
