/** The manager's page in a desktop browser on the laptop itself. */
import { chromium } from 'playwright-core';
import { args, executablePath, patience_ms } from './chromium.mjs';
import { atEnd } from './ending.mjs';
import { Watch } from './watch.mjs';

export class Manager {
  constructor(browser, context, page) {
    this.browser = browser;
    this.context = context;
    this.page = page;
    this.watch = new Watch(context);
  }

  /** A manager who is signed in, with the page following the laptop. */
  static async open(t, laptop, settings = {}) {
    const manager = await Manager.atDoor(t, settings);
    const { url, key } = await laptop.serving();
    await manager.context.request.post(`${url}/api/v1/session`, { data: { key } });
    await manager.page.goto(`${url}/manager/`);
    await manager.isIn();
    // A page that was loaded again would have forgotten this.
    await manager.page.evaluate(() => (window.neverReloaded = true));
    return manager;
  }

  /** A browser with an empty page, and no session anywhere. */
  static async atDoor(t, settings = {}) {
    const browser = await chromium.launch({ executablePath, args });
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'es-PE',
      timezoneId: 'America/Lima',
      ...settings,
    });
    context.setDefaultTimeout(patience_ms);
    const manager = new Manager(browser, context, await context.newPage());
    atEnd(t, () => manager.close());
    return manager;
  }

  /** Signed in, and following the laptop. */
  async isIn() {
    await this.page.locator('[data-testid=live][data-live=true]').waitFor();
  }

  /** Shows a code to a phone; resolves with the code. */
  async invite() {
    await this.by('invite-button').click();
    await this.by('code').waitFor();
    return this.by('code').textContent();
  }

  async close() {
    if (!this.browser.isConnected()) return;
    await this.browser.close();
    this.watch.check();
  }

  /** What is marked for tests by this name. */
  by(testid) {
    return this.page.getByTestId(testid);
  }

  /** Resolves once the table says that it lists this many. */
  async lists(total) {
    await this.page.locator(`[data-testid=total][data-total="${total}"]`).waitFor();
  }

  /** Takes in a file; resolves with the sums of its report, which stays open. */
  async import(file) {
    await this.by('import-file').setInputFiles(file);
    const sums = this.by('import-report').locator('dd');
    await sums.first().waitFor();
    const pairs = await sums.evaluateAll((all) =>
      all.map((sum) => [sum.dataset.sum, Number(sum.textContent)]),
    );
    return Object.fromEntries(pairs);
  }

  async closeReport() {
    await this.by('import-dialog').getByRole('button').click();
  }

  /** Resolves once the map has drawn exactly this many points. */
  async showsPoints(count) {
    await this.page.locator(`[data-testid=map][data-points="${count}"][aria-busy=false]`).waitFor();
  }

  wasNeverReloaded() {
    return this.page.evaluate(() => window.neverReloaded === true);
  }
}
