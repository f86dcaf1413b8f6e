/**
 * Every screen of the monitor's app, each in the state that has most to say, and the way to it from
 * the list.
 *
 * A screen is shown by a function of the phone; what it leaves behind it takes back.
 */
import { photosOf } from './pictures.mjs';

/**
 * Sizes in CSS pixels, and the size of text that the person has chosen; 180 px is a page enlarged
 * twice.
 */
export const sizes = [
  { name: '320x568', width: 320, height: 568, root_px: 16 },
  { name: '360x640', width: 360, height: 640, root_px: 16 },
  { name: '640x360', width: 640, height: 360, root_px: 16 },
  { name: '180x320', width: 180, height: 320, root_px: 16 },
  { name: '320x568-130', width: 320, height: 568, root_px: 20.8 },
  { name: '360x640-200', width: 360, height: 640, root_px: 32 },
];

export const languages = ['es', 'pt', 'en'];

const long_note =
  'Mancha de crudo en el caño, unos 200 m río abajo del oleoducto; peces muertos en la orilla y olor fuerte. ' +
  'https://ejemplo.org/una-direccion-muy-larga-que-no-se-puede-partir-en-ninguna-parte-de-sus-letras';
/** A category that nobody translated, as a file may bring it. */
const long_category = 'contaminacion_por_hidrocarburosyaguasresiduales';
export const long_names = [
  'Maximiliana-Esperanza Huamanchumo de Chuquizuta',
  'Bartolomé Yahuarcani-Tangoaguamuraya',
];

/**
 * Shows what is open in this language, window and size of text, as if the person had just chosen
 * them.
 */
export async function show(page, language, { width, height, root_px }) {
  await page.setViewportSize({ width, height });
  await page.evaluate(
    async ([language, root_px]) => {
      document.documentElement.style.fontSize = `${root_px}px`;
      const key = 'chasqui.language';
      localStorage.setItem(key, language);
      dispatchEvent(new StorageEvent('storage', { key, newValue: language }));
      // What is measured in this frame is drawn in the next.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    },
    [language, root_px],
  );
}

/**
 * Records that make every screen say most: of others, of this phone, long, with photos, in dispute.
 */
export async function fill(t, laptop, alice, bob) {
  const at = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
  const categories = [
    'fish_kill',
    'contaminated_water',
    'illegal_logging',
    'mining',
    'invasion',
    'fire',
  ];
  await laptop.ask(
    '/observations',
    Array.from({ length: 30 }, (_, n) => ({
      id: `row-${n}`,
      category: n === 1 ? long_category : categories[n % categories.length],
      note: n % 3 === 0 ? long_note : '',
      observed_at: at(n),
    })),
  );
  const photos = await photosOf(t, alice.page, 3, { width: 640, height: 480 });
  await alice.by('new-observation').tap();
  await alice.by('category-oil_spill').tap();
  await alice.by('note').fill(long_note);
  await alice.by('pick-files').setInputFiles(photos);
  await alice.page.locator('[data-testid=file]').nth(2).waitFor();
  await alice.save();
  await alice.isSynced();
  await bob.record({ category: 'fire', note: 'Humo' });
  await bob.isSynced();
  await alice.by('observation').filter({ hasText: long_names[1] }).first().waitFor();
  await bob.by('observation').filter({ hasText: 'Derrame' }).first().waitFor();
  await laptop.stop();
  await alice.by('observation').filter({ hasText: 'Derrame' }).first().tap();
  await alice.editNote(`${long_note} Dos botes.`);
  await bob.by('observation').filter({ hasText: 'Derrame' }).first().tap();
  await bob.editNote(`${long_note} Tres botes.`);
  await laptop.start();
  await alice.by('conflict-value').nth(1).waitFor();
  await alice.by('back').tap();
}

const opened = async (phone) => {
  await phone.page
    .locator('[data-testid=observation]:has([data-testid=conflict-flag])')
    .first()
    .tap();
  await phone.by('detail').waitFor();
};

/**
 * By name: how each screen is reached from the list; what a screen leaves behind, `leave` takes
 * back.
 */
export const screens = {
  async list(phone) {
    await phone.by('observation').first().waitFor();
  },
  async 'list-checks'(phone) {
    if ((await phone.by('ready-all').count()) > 0) await phone.by('ready-all').tap();
  },
  async 'list-install'(phone) {
    await phone.page.evaluate(() => {
      const offer = new Event('beforeinstallprompt', { cancelable: true });
      dispatchEvent(Object.assign(offer, { prompt: async () => undefined }));
    });
    // The check of the phone offers the same where the data is not protected, and then nothing else
    // does.
    await phone.page.locator('[data-testid=install], [data-testid=ready-card]').first().waitFor();
  },
  async phone(phone) {
    await phone.by('open-phone').tap();
    await phone.by('phone').waitFor();
  },
  async detail(phone) {
    await opened(phone);
  },
  async 'detail-photo'(phone) {
    await opened(phone);
    await phone.page.locator('[data-testid=open-photo]').first().tap();
    await phone.page.locator('dialog[open]').waitFor();
  },
  async edit(phone) {
    await opened(phone);
    await phone.by('edit').tap();
    await phone.by('note').waitFor();
  },
  async new(phone) {
    await phone.by('new-observation').tap();
    await phone.by('category-fire').waitFor();
  },
  async 'new-filled'(phone) {
    await phone.by('new-observation').tap();
    await phone.by('category-fish_kill').tap();
    await phone.by('place-by-hand').tap();
  },
  async 'new-map'(phone) {
    await phone.by('new-observation').tap();
    await phone.by('category-fish_kill').tap();
    await phone.by('place-map').tap();
    await phone.page.locator('[data-testid=map] .maplibregl-ctrl-zoom-in').waitFor();
  },
  async 'new-camera'(phone) {
    await phone.by('new-observation').tap();
    await phone.by('open-camera').tap();
    await phone.page.locator('[data-testid=shutter]:enabled').waitFor();
  },
  async pair(phone) {
    await phone.by('open-phone').tap();
    await phone.by('pair-again').tap();
    await phone.by('pairing').waitFor();
  },
  async 'pair-code'(phone) {
    await phone.by('open-phone').tap();
    await phone.by('pair-again').tap();
    await phone.by('type-code').tap();
    await phone.by('code').fill('ABC');
    await phone.by('holder').fill('Rosa');
    await phone.by('pair').tap();
    await phone.by('problem').waitFor();
    await phone.by('problem').locator('summary').tap();
  },
};

/** What a form took is not to be there in the next. */
export async function leave(phone) {
  if ((await phone.by('camera-done').count()) > 0) await phone.by('camera-done').tap();
  if ((await phone.by('discard').count()) === 0) return;
  await phone.by('discard').tap();
  await phone.by('discard').waitFor({ state: 'detached' });
}
