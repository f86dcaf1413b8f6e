/**
 * How soon a saved observation stands in a long list, in a real Chromium: from the tap on "save" to
 * the row on the screen, with the list read, and while it is being read after a start.
 *
 *     cd tests/browser && node ../bench/saved.mjs [records] [saves] [slower]      (after `make
 *     build`)
 *
 * `slower` slows the page's own thread, as DevTools do; the engine's worker keeps its speed.
 */
import { Laptop } from '../browser/harness/laptop.mjs';
import { Phone } from '../browser/harness/phone.mjs';

const [records = 10_000, saves = 10, slower = 1] = process.argv.slice(2).map(Number);
const batch = 1_000;
const ends = [];
const t = { after: (end) => ends.unshift(end) };

function rows(from) {
  return Array.from({ length: Math.min(batch, records - from) }, (_, n) => ({
    id: `row-${from + n}`,
    category: 'oil_spill',
    note: `Mancha de petróleo en la orilla del río, a la altura de la comunidad ${from + n}`,
    observed_at: new Date(1.6e12 + (from + n) * 60_000).toISOString(),
    location: { lat: -3 - (n % 100) / 100, lon: -73, accuracy_m: 5, source: 'gps' },
    answers: { people: n % 30 },
  }));
}

/** Milliseconds from the tap on "save" to the first moment that the list shows the note. */
async function timedSave(phone, note) {
  await phone.by('new-observation').tap();
  await phone.by('category-fire').tap();
  await phone.by('note').fill(note);
  await phone.page.evaluate((note) => {
    self.shown = new Promise((resolve) => {
      let began = null;
      addEventListener(
        'click',
        ({ target }) => {
          if (began === null && target.closest('[data-testid=save]')) began = performance.now();
        },
        { capture: true },
      );
      const look = () => {
        const row = [...document.querySelectorAll('[data-testid=observation]')];
        if (began !== null && row.some((one) => one.textContent.includes(note))) {
          resolve(performance.now() - began);
        } else requestAnimationFrame(look);
      };
      look();
    });
  }, note);
  await phone.by('save').tap();
  return phone.page.evaluate(() => self.shown);
}

const sort = (numbers) => [...numbers].sort((a, b) => a - b);
const say = (what, all_ms) => {
  const [least, middle, most] = [0, 0.5, 1].map((share) => {
    return sort(all_ms)[Math.round((all_ms.length - 1) * share)].toFixed(0);
  });
  console.log(`${what}: ${middle} ms (${least} to ${most})`);
};

try {
  const laptop = await Laptop.start(t);
  for (let from = 0; from < records; from += batch) await laptop.ask('/observations', rows(from));
  const phone = await Phone.open(t, laptop);
  await phone.isKept();
  await phone.pair();
  const whole = phone.page.locator(`[data-testid=count][data-count="${records}"]`);
  await whole.waitFor({ timeout: 900_000 });
  await laptop.stop();
  const devtools = await phone.page.context().newCDPSession(phone.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const settled_ms = [];
  for (let n = 0; n < saves; n += 1) settled_ms.push(await timedSave(phone, `después ${n}.`));
  say(`${records} records, saved with the list read`, settled_ms);
  const early_ms = [];
  for (let n = 0; n < Math.min(saves, 3); n += 1) {
    await phone.page.reload();
    early_ms.push(await timedSave(phone, `al abrir ${n}.`));
  }
  say(`${records} records, saved at once after a start`, early_ms);
} finally {
  for (const end of ends) await end();
}
