/** A phone and a laptop that are two machines, from the first step to the first observation. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { executablePath } from './harness/chromium.mjs';
import { videoOf } from './harness/video.mjs';
import { Machine, whyNoMachines } from './harness/machine.mjs';
import { Phone } from './harness/phone.mjs';
import { strangersHome, trust } from './harness/trust.mjs';
import { WifiLaptop } from './harness/wifi_laptop.mjs';

/**
 * A header that Chromium has no use for on a page that came by http, which also looks whether https
 * is believed yet.
 */
const forgiven = /Cross-Origin-Opener-Policy header has been ignored|ERR_CERT_AUTHORITY_INVALID/;
const skip = await whyNoMachines();

test(
  'a new phone does what the laptop tells it to, and then nobody has to click',
  { skip },
  async (t) => {
    const [near, far] = [await Machine.alone(t), await Machine.alone(t)];
    await near.join('10.77.0.1/24', far, '10.77.0.2/24');
    const laptop = await WifiLaptop.startOn(t, near, '10.77.0.1');
    const home = await strangersHome(t);
    const browser = await far.starter(t, executablePath);
    const camera = await videoOf(t, (await laptop.code()).svg);

    const settings = { home, browser, camera, forgiven };
    const alice = await Phone.open(t, { origin: laptop.doorstep }, settings);
    const downloading = alice.page.waitForEvent('download');
    await alice.page.locator('a[download]').tap();
    const authority = join(home, 'chasqui.crt');
    await (await downloading).saveAs(authority);
    // Android has a place for this in its settings.
    await alice.close();
    await trust(home, authority);
    await alice.open();
    await alice.page.locator(`a.button[href="${laptop.origin}/"]`).tap();
    await alice.by('scan').tap();
    await alice.says('Rosa');
    await alice.isSynced();
    await alice.isKept();
    const [{ name, origin }] = (await laptop.ask('/pairings')).items;
    assert.deepEqual([name, origin], ['Rosa', laptop.origin]);

    alice.laptop = laptop;
    await laptop.stop();
    await alice.restart();
    await alice.record({ category: 'oil_spill', note: 'Mancha de crudo en el caño' });
    await alice.lists(1, 'on_phone');
    await laptop.start();
    await alice.lists(1, 'on_laptop');
    const [{ note }] = (await laptop.ask('/observations')).items;
    assert.equal(note, 'Mancha de crudo en el caño');
  },
);
