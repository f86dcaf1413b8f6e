/**
 * A monitor's phone: a browser with a profile of its own, which outlives the browser.
 *
 * What it does, it does with a finger on the page; what it says, it reads off the page.
 */
import { kill } from 'node:process';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { args, executablePath, patience_ms } from './chromium.mjs';
import { atEnd } from './ending.mjs';
import { temporaryFolder } from './folder.mjs';
import { untilMapKept } from './pagestore.mjs';
import { Watch } from './watch.mjs';

const iquitos = { latitude: -3.74912, longitude: -73.25383, accuracy: 12 };

/** A camera that sees nothing but this video. */
const cameraArgs = (video) => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${video}`,
];

export class Phone {
  #context = null;
  #watch = null;

  constructor(profile, laptop, settings) {
    this.profile = profile;
    this.laptop = laptop;
    this.settings = settings;
  }

  /**
   * A phone that the laptop has let in, on its wifi, with the app open and kept for use without it.
   */
  static async ready(t, laptop, settings) {
    const phone = await Phone.open(t, laptop, settings);
    await phone.isKept();
    await phone.pair();
    await phone.isSynced();
    return phone;
  }

  /**
   * A phone whose browser has the app's address open. `place` is null where the GPS is denied;
   * `flags` are more of Chromium's, `allowed` more permissions, and `browser` is what starts it;
   * who `proceeds` opens the app in spite of the browser's warning; what is `forgiven` is no fault
   * of a page.
   */
  static async open(t, laptop, settings = {}) {
    const profile = await temporaryFolder(t, 'phone');
    const phone = new Phone(profile, laptop, settings);
    atEnd(t, () => phone.close());
    await phone.open();
    return phone;
  }

  /** Starts the browser on this phone's profile and opens the app. */
  async open() {
    const { place = iquitos, home, camera, timezoneId = 'America/Lima' } = this.settings;
    const { flags = [], allowed = [], browser = executablePath } = this.settings;
    const own = [...(place ? ['geolocation'] : []), ...(camera ? ['camera'] : [])];
    const permissions = [...own, ...allowed];
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: browser,
      args: [...args, ...flags, ...(camera === undefined ? [] : cameraArgs(camera))],
      ...(home === undefined ? {} : { env: { ...process.env, HOME: home } }),
      viewport: { width: 360, height: 640 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
      locale: 'es-PE',
      timezoneId,
      ...(place === null ? {} : { geolocation: place }),
      permissions,
    });
    this.#context.setDefaultTimeout(patience_ms);
    this.#watch = new Watch(this.#context);
    [this.page] = this.#context.pages();
    await this.#visit(`${this.laptop.origin}/`);
  }

  /** Opens an address; who `proceeds` goes on where the browser warns of the certificate. */
  async #visit(address) {
    try {
      await this.page.goto(address);
    } catch (error) {
      if (!this.settings.proceeds) throw error;
      // What "Advanced", "Proceed" does on the browser's warning, which hears no key before it is
      // drawn.
      for (let left = 8; ; left -= 1) {
        await this.page.keyboard.type('thisisunsafe');
        const opened = this.page.waitForURL(address, { timeout: 3_000 });
        if (
          await opened.then(
            () => true,
            () => false,
          )
        )
          return;
        if (left === 0) throw error;
      }
    }
  }

  /** Closes the browser, and holds against the pages what they did wrong. */
  async close() {
    const [context, watch] = [this.#context, this.#watch];
    this.#context = null;
    if (context === null) return;
    await context.close();
    if (this.settings.forgiven !== undefined) watch.forgive(this.settings.forgiven);
    watch.check();
  }

  async restart() {
    await this.close();
    await this.open();
  }

  /** Ends the browser as a phone that runs out of battery does: with no time for anything. */
  async kill() {
    const context = this.#context;
    this.#context = null;
    const [, pid] = /-(\d+)$/.exec(await readlink(join(this.profile, 'SingletonLock')));
    const closed = new Promise((resolve) => context.once('close', resolve));
    kill(Number(pid), 'SIGKILL');
    await closed;
  }

  /** Another tab with the app. */
  async newTab() {
    const page = await this.#context.newPage();
    await page.goto(`${this.laptop.origin}/`);
    return page;
  }

  get watch() {
    return this.#watch;
  }

  /** What is marked for tests by this name. */
  by(testid, page = this.page) {
    return page.getByTestId(testid);
  }

  /** The service worker has the whole app. */
  async isKept() {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  /** The service worker has all that the map draws from, too. */
  async hasMap() {
    await untilMapKept(this, ['landmap', 'PlaceMap', 'maplibre-gl-worker', 'countries-50m']);
  }

  /** Everything of this phone is on the laptop, and the other way round. */
  async isSynced() {
    await this.page.locator('[data-testid=status][data-phase=synced][data-waiting="0"]').waitFor();
  }

  /**
   * Opens the link of a fresh code, as if it had been scanned by another app, and says who holds
   * the phone.
   */
  async pair(holder = this.settings?.holder ?? 'Rosa') {
    await this.page.goto(`${this.laptop.origin}/${new URL((await this.laptop.code()).link).hash}`);
    await this.says(holder);
    await this.by('status').waitFor();
  }

  /** Answers who holds the phone, which is all that is left to be asked. */
  async says(holder) {
    await this.by('holder').fill(holder);
    await this.by('pair').tap();
  }

  /** Fills in and saves a new observation; resolves when the page says that it is saved. */
  async record({ category, note }) {
    await this.by('new-observation').tap();
    await this.by(`category-${category}`).tap();
    await this.by('note').fill(note);
    await this.save();
  }

  async save() {
    await this.by('save').tap();
    await this.by('toast').getByText('Guardada en este teléfono').waitFor();
  }

  /** Opens the record with this note. */
  async look(note) {
    await this.by('observation').filter({ hasText: note }).tap();
    await this.by('detail').waitFor();
  }

  /** The laptop has all of the record that is open. */
  async isOnLaptop() {
    await this.page.locator('[data-testid=detail][data-state=on_laptop]').waitFor();
  }

  /** Changes the note of the record that is open. */
  async editNote(note) {
    await this.by('edit').tap();
    await this.by('note').fill(note);
    await this.save();
    await this.by('detail').waitFor();
  }

  /** Resolves once `count` records in the list are in this state. */
  async lists(count, state) {
    const rows = this.page.locator(`[data-testid=observation][data-state=${state}]`);
    await rows.nth(count - 1).waitFor();
  }

  /**
   * What the open record shows: its note, of each value in dispute its version and text, and which
   * of them are this phone's.
   */
  async shown() {
    const values = this.by('conflict-value');
    return {
      note: (await this.by('detail').locator('.note').textContent()).trim(),
      versions: await values.evaluateAll((all) => all.map((one) => one.dataset.version)),
      values: await values.locator('.value').allTextContents(),
      mine: await values.filter({ hasText: 'este teléfono' }).locator('.value').allTextContents(),
    };
  }
}
