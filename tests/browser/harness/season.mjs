/**
 * A laptop with all that its manager's page may have to show: made by its API and one phone, once
 * for many looks.
 */
import { letIn } from './member.mjs';
import { Phone } from './phone.mjs';

const icon = (name) => new URL(`../../../www/public/icons/${name}`, import.meta.url).pathname;
const note =
  'Mancha negra de unos doscientos metros frente a la comunidad, con olor fuerte; los niños ya no se bañan. '.repeat(
    3,
  );

/**
 * Two observations with photos of a phone that left before the second's had come, thirty rows, and
 * five devices.
 */
export async function bringSeason(t, laptop) {
  const code = async () => (await laptop.code()).code;
  const wilmer = await letIn(laptop, await code(), 'Wilmer');
  const name = 'Comité de vigilancia de la Comunidad Nativa San Juan de Pucacuro';
  const committee = await letIn(laptop, await code(), name);
  await reports(laptop, wilmer.token, {});
  await reports(laptop, committee.token, {
    app_kept: 'no',
    map_kept: 'no',
    camera_allowed: 'unknown',
  });
  const { device } = await letIn(laptop, await code(), 'Luis');
  await laptop.ask(`/pairings/${device}/revoke`, {});
  await laptop.ask('/observations', rows());
  const phone = await Phone.ready(t, laptop, { holder: 'Nélida', forgiven: /./ });
  await photograph(phone, 'Draga en la quebrada', ['icon-192.png', 'icon-512.png']);
  await laptopKnows(laptop, 'Nélida', 'complete');
  await phone.page.context().route(/\/api\/v1\/media(\/uploads\/.+)?$/, (route) => route.abort());
  await photograph(phone, `Peces muertos. ${note}`, ['maskable-512.png']);
  await laptopKnows(laptop, 'Nélida', 'missing');
  await phone.close();
}

/** Resolves once the laptop says of somebody's device that it stands so. */
export async function laptopKnows(laptop, name, standing) {
  for (;;) {
    const row = (await laptop.ask('/devices')).find((one) => one.name === name);
    if (row?.standing === standing && row.observations > 0) return row;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A device says of itself that it is ready for the forest, but for these checks. */
export async function reports(laptop, token, but) {
  const names = [
    'app_kept',
    'storage_persistent',
    'map_kept',
    'gps_allowed',
    'camera_allowed',
    'clock_right',
    'space_enough',
  ];
  const checks = Object.fromEntries(names.map((name) => [name, 'yes']));
  const body = JSON.stringify({ ...checks, ...but, checked_at: new Date().toISOString() });
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  const answer = await fetch(`${laptop.origin}/api/v1/readiness`, {
    method: 'POST',
    headers,
    body,
  });
  if (!answer.ok) throw new Error(`the report was not taken: ${await answer.text()}`);
}

async function photograph(phone, text, files) {
  await phone.by('new-observation').tap();
  await phone.by('pick-files').setInputFiles(files.map(icon));
  await phone
    .by('file')
    .nth(files.length - 1)
    .waitFor();
  await phone.by('category-mining').tap();
  await phone.by('note').fill(text);
  await phone.save();
}

function rows() {
  const categories = ['oil_spill', 'fire', 'illegal_logging', 'contaminated_water', 'mining'];
  return Array.from({ length: 30 }, (_, n) => ({
    id: `row ${n}`,
    category:
      n === 7 ? 'una_categoría_que_nadie_conoce_y_que_no_tiene_espacios' : categories[n % 5],
    note: n === 3 ? 'x'.repeat(200) : n % 4 === 0 ? note : `Observación ${n}`,
    observed_at: new Date(Date.UTC(2026, 2, 1 + (n % 27), 15, n)).toISOString(),
    ...(n === 5 ? {} : { location: { lat: -3.7 - n / 100, lon: -73.2 - n / 50, accuracy_m: 8 } }),
    answers: { personas: n, río: 'Marañón' },
  }));
}
