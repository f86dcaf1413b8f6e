import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FormPlace } from './formplace.svelte';

/** The phone's GPS, in the hands of a test. */
let report: ((fix: { lat: number; lon: number; accuracy: number; at_ms?: number }) => void) | null =
  null;
const clearWatch = vi.fn(() => (report = null));

beforeEach(() => {
  report = null;
  const watchPosition = (take: PositionCallback) => {
    report = ({ lat, lon, accuracy, at_ms = Date.now() }) => {
      const coords = { latitude: lat, longitude: lon, accuracy, altitude: null };
      take({ coords, timestamp: at_ms } as GeolocationPosition);
    };
    return 1;
  };
  vi.stubGlobal('window', { isSecureContext: true });
  vi.stubGlobal('navigator', { geolocation: { watchPosition, clearWatch } });
});
afterEach(() => vi.unstubAllGlobals());

const iquitos = { lat: -3.74912, lon: -73.25383, accuracy: 12 };

function withFix(): FormPlace {
  const place = new FormPlace(undefined);
  place.begin();
  report?.(iquitos);
  return place;
}

/**
 * What a field shows after each key is what the person made of it; the GPS reports on, if it is
 * still heard.
 */
function press(place: FormPlace, field: 'lat' | 'lon', texts: string[]): void {
  for (const text of texts) {
    place.type(field, text);
    expect(place[field].text).toBe(text);
    report?.({ ...iquitos, lat: iquitos.lat + Math.random() / 1e4, accuracy: 4 });
    expect(place[field].text).toBe(text);
  }
}

test('a filled latitude is deleted and typed anew, key by key, and that is the place', () => {
  const place = withFix();
  press(place, 'lat', ['-3.7491', '-3.749', '-3.74', '-3.7', '-3.', '-3', '-', '']);
  expect([place.reading, place.value?.source]).toEqual(['incomplete', 'hand']);
  press(place, 'lat', ['-', '-4', '-4.', '-4.5']);
  expect(place.value).toEqual({ lat: -4.5, lon: -73.25383, source: 'hand' });
  place.endTyping();
  expect([place.lat.text, place.lon.text]).toEqual(['-4.5', '-73.25383']);
});

test('digits are typed at the end and in the middle of a filled longitude', () => {
  const place = withFix();
  press(place, 'lon', ['-73.253835', '-73.2538355', '-73.25383', '-73.2838', '-72.2838']);
  expect(place.value).toEqual({ lat: -3.74912, lon: -72.2838, source: 'hand' });
});

test('a decimal comma stays as it was typed', () => {
  const place = withFix();
  place.type('lat', '-4,5');
  expect([place.lat.text, place.value?.lat]).toEqual(['-4,5', -4.5]);
});

test('what cannot be read is said at once, and the place before it stays what it was, with its accuracy', () => {
  const place = withFix();
  place.type('lat', '-3.74912x');
  expect(place.reading).toBe('unreadable');
  expect(place.value).toEqual({ lat: -3.74912, lon: -73.25383, accuracy_m: 12, source: 'gps' });
  place.type('lat', '95');
  expect(place.reading).toBe('unreadable');
});

test.each(['', '-73.25383'])(
  'both numbers pasted into one field are taken, the other being %j',
  (other) => {
    const place = other === '' ? new FormPlace(undefined) : withFix();
    place.type('lat', '-4.57312, -73.40122');
    expect(place.value).toEqual({ lat: -4.57312, lon: -73.40122, source: 'hand' });
    expect([place.lat.text, place.lon.text]).toEqual(['-4.57312', '-73.40122']);
  },
);

test('two numbers typed into one field are set apart when it is left, not before', () => {
  const place = new FormPlace(undefined);
  const text = '4.5 S 73.4 O';
  press(
    place,
    'lat',
    Array.from(text, (_, n) => text.slice(0, n + 1)),
  );
  place.endTyping();
  expect(place.value).toEqual({ lat: -4.5, lon: -73.4, source: 'hand' });
});

test('a point on the map, a photo’s place and the GPS replace what was typed: a person asked for each', () => {
  const place = withFix();
  place.type('lat', 'nonsense');
  place.put({ lat: -5, lon: -74, source: 'hand' });
  expect([place.lat.text, place.lon.text, place.reading]).toEqual(['-5', '-74', 'untouched']);
  place.type('lat', '-6');
  place.useGps();
  report?.({ ...iquitos, accuracy: 5 });
  expect(place.value).toMatchObject({ lat: -3.74912, source: 'gps' });
  expect(place.lat.text).toBe('-3.74912');
});

test('an open form that is carried away keeps its place, and a draft that is opened elsewhere asks', () => {
  const place = withFix();
  place.holdHere();
  report?.({ lat: -3.76352, lon: -73.25383, accuracy: 60, at_ms: Date.now() + 62_000 });
  expect(place.value?.lat).toBe(-3.74912);
  expect(place.held.offer?.distance_m).toBeCloseTo(1600, -2);

  const again = new FormPlace(place.value, Date.now());
  again.begin();
  report?.({ lat: -3.76352, lon: -73.25383, accuracy: 8 });
  expect([again.value?.lat, again.held.offer?.kind]).toEqual([-3.74912, 'elsewhere']);
  again.accept();
  expect(again.value?.lat).toBe(-3.76352);
});

test('the GPS is not asked about a place set by hand, nor about that of a record', () => {
  for (const value of [
    { lat: 1, lon: 2, source: 'hand' },
    { lat: 1, lon: 2, accuracy_m: 5, source: 'gps' },
  ] as const) {
    const place = new FormPlace(value);
    place.begin();
    expect([place.gps.state, report]).toEqual(['off', null]);
  }
});
