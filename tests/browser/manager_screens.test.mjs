/**
 * Every screen of the manager's page, in each language, in each window: nothing is cut, nothing is
 * outside, and axe finds nothing serious. With SCREENS=folder each is also kept as a picture, to be
 * looked at.
 */
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Laptop } from './harness/laptop.mjs';
import { Manager } from './harness/manager.mjs';
import { bringSeason } from './harness/season.mjs';
import { faultsInSight, faultsOfAxe } from './harness/sight.mjs';

const pictures = process.env.SCREENS;
const languages = [
  ['es', 'es-PE'],
  ['pt', 'pt-BR'],
  ['en', 'en-US'],
];
const windows = [
  {
    name: '390',
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    target_px: 44,
  },
  { name: '1024', viewport: { width: 1024, height: 700 }, target_px: 24 },
  { name: '1366', viewport: { width: 1366, height: 768 }, target_px: 24 },
  { name: '1366-200', viewport: { width: 683, height: 384 }, deviceScaleFactor: 2, target_px: 24 },
];
const refused = {
  name: 'rows.csv',
  mimeType: 'text/csv',
  buffer: await readFile(new URL('fixtures/rows.csv', import.meta.url)),
};

test('no screen of an empty laptop is cut, and each says what to do next', async (t) => {
  const laptop = await Laptop.start(t);
  await everywhere(t, async (look, window, locale) => {
    const door = await Manager.atDoor(t, { ...window, locale });
    door.watch.forgive(/40[13]|Failed to load/);
    await door.page.goto(laptop.managersPage);
    await door.by('credential').fill('0'.repeat(32));
    await door.page.keyboard.press('Enter');
    await door.by('refusal').waitFor();
    await look(door, 'sign-in');
    await door.close();
    const manager = await Manager.open(t, laptop, { ...window, locale });
    await manager.by('empty').waitFor();
    await look(manager, 'empty');
    await shows(manager, 'phones');
    await manager.by('no-phones').waitFor();
    await look(manager, 'empty-phones');
    await manager.close();
  });
});

test('no screen of a full laptop is cut', async (t) => {
  const laptop = await Laptop.start(t);
  await bringSeason(t, laptop);
  await everywhere(t, async (look, window, locale) => {
    const manager = await Manager.open(t, laptop, { ...window, locale });
    manager.watch.forgive(/4\d\d/);
    await walk(manager, look);
    await manager.close();
  });
});

test('the way to add a phone fits the smallest windows and the largest text', async (t) => {
  const laptop = await Laptop.start(t, { found_elsewhere: true });
  const small = [
    [320, 568, 16],
    [320, 568, 20.8],
    [180, 320, 16],
    [360, 640, 32],
  ];
  for (const [language, locale] of languages) {
    const manager = await Manager.open(t, laptop, {
      locale,
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await shows(manager, 'phones');
    await manager.invite();
    for (const [width, height, root_px] of small) {
      await manager.page.setViewportSize({ width, height });
      const wide = await manager.by('invite').evaluate((dialog, root_px) => {
        document.documentElement.style.fontSize = `${root_px}px`;
        const right_px = dialog.getBoundingClientRect().right;
        const isWide = (one) =>
          (getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1) ||
          one.getBoundingClientRect().right > right_px + 1;
        return [...dialog.querySelectorAll('*')]
          .filter(isWide)
          .map((one) => one.outerHTML.slice(0, 80));
      }, root_px);
      assert.deepEqual(wide, [], `${language} ${width} × ${height}, ${root_px} px`);
    }
    await manager.close();
  }
});

/** From screen to screen, as a manager goes. */
async function walk(manager, look) {
  const { page } = manager;
  await manager.by('row').first().waitFor();
  await look(manager, 'observations');
  await manager.by('row').first().click();
  await manager.page.locator('[data-testid=panel][data-record]').waitFor();
  await inSight(manager, 'panel');
  await look(manager, 'record');
  await manager.by('custody-ask').click();
  await manager.by('custody').waitFor();
  await look(manager, 'custody');
  await page.keyboard.press('Escape');

  if (await isNarrow(manager)) {
    await manager.by('filters').locator('summary').click();
    await look(manager, 'filters');
    await manager.by('filters').locator('summary').click();
  }
  await shows(manager, 'phones');
  await look(manager, 'phones');
  await manager.by('change').first().click();
  await look(manager, 'member');
  await manager.by('revoke').click();
  await manager.by('loss').waitFor();
  await look(manager, 'revoke');
  await page.keyboard.press('Escape');
  await manager.by('meeting-url').fill('https://10.42.0.9:1');
  await manager.by('meeting').getByRole('button').click();
  await manager.by('meeting').getByTestId('refusal').waitFor();
  await look(manager, 'meeting');

  await manager.by('invite-button').click();
  await manager.by('code').waitFor();
  await inSight(manager, 'new-phone');
  await look(manager, 'invite');
  await page.keyboard.press('Escape');
  await shows(manager, 'map');
  await page.locator('[data-testid=map][aria-busy=false]').waitFor();
  await look(manager, 'map');
  await shows(manager, 'more');
  await look(manager, 'more');
  await manager.by('settings-button').click();
  await manager.by('photo-size-original').waitFor();
  await look(manager, 'settings');
  await page.keyboard.press('Escape');
  await manager.import(refused);
  await look(manager, 'import');
  await page.keyboard.press('Escape');
}

/** Calls with each language and window; `look` holds what a screen looks like against it. */
async function everywhere(t, visit) {
  const faults = [];
  for (const [language, locale] of languages) {
    for (const { name, target_px, ...window } of windows) {
      const look = async (manager, screen) => {
        await manager.page.waitForFunction(() => document.fonts.status === 'loaded');
        const found = [
          ...(await faultsInSight(manager.page, target_px)),
          ...(await faultsOfAxe(manager.page)),
        ];
        faults.push(...found.map((fault) => `${screen} ${language} ${name}: ${fault}`));
        if (pictures === undefined) return;
        await mkdir(pictures, { recursive: true });
        await manager.page.screenshot({
          path: join(pictures, `${screen}-${language}-${name}.png`),
        });
      };
      await visit(look, window, locale);
    }
  }
  assert.deepEqual(faults, []);
}

async function isNarrow(manager) {
  return (await manager.by('part-phones').count()) > 0;
}

/** Brings a part of the page in sight, where not all of them are. */
async function shows(manager, part) {
  if (await isNarrow(manager)) await manager.by(`part-${part}`).click();
}

/** What was asked for is in the window, at least its beginning. */
async function inSight(manager, testid) {
  const box = await manager.by(testid).boundingBox();
  const { height } = manager.page.viewportSize();
  assert.ok(
    box.y >= 0 && box.y + Math.min(box.height, 80) <= height,
    `${testid} at ${box.y} of ${height}`,
  );
}
