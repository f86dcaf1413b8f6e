import { expect, test } from 'vitest';
import { above, leave, open, type Place, read, start, type Step, turn } from './trail';

/** A browser's history, as far as pages see it. */
class Browser {
  places: Place[];
  at = 0;

  constructor(hash: string) {
    this.places = [start(hash)];
  }

  get here(): Place {
    return this.places[this.at]!;
  }

  do(step: Step): void {
    if (step.act === 'push') {
      this.places = [...this.places.slice(0, this.at + 1), step.place];
      this.at += 1;
    } else if (step.act === 'replace') {
      this.places[this.at] = step.place;
    } else {
      expect(step.by).toBeGreaterThan(0);
      expect(step.by).toBeLessThanOrEqual(this.at);
      this.at -= step.by;
    }
  }

  open(hash: string): void {
    this.do(open(this.here, hash));
  }

  leave(hash: string): void {
    this.do(leave(this.here, hash));
  }

  /** The phone's back button; `false` where it leaves the app. */
  back(): boolean {
    if (this.at === 0) return false;
    this.at -= 1;
    return true;
  }
}

test('after the arrow of a record the back button leaves the app and does not open the record again', () => {
  const browser = new Browser('#/');
  browser.open('#/record/a');
  browser.leave('#/');
  expect(browser.here.hash).toBe('#/');
  expect(browser.back()).toBe(false);
});

test('after correcting and saving, back leads from the record to the list', () => {
  const browser = new Browser('#/');
  browser.open('#/record/a');
  browser.open('#/record/a/edit');
  browser.open('#/record/a/edit/camera');
  browser.leave('#/record/a/edit');
  browser.leave('#/record/a');
  expect(browser.here.hash).toBe('#/record/a');
  expect(browser.back()).toBe(true);
  expect(browser.here.hash).toBe('#/');
  expect(browser.back()).toBe(false);
});

test('an edit that was opened from outside is left for its record, and the record for the list', () => {
  const browser = new Browser('#/record/a/edit');
  browser.leave('#/record/a');
  expect(browser.here).toEqual({ hash: '#/record/a', below: [] });
  browser.leave('#/');
  expect(browser.here).toEqual({ hash: '#/', below: [] });
});

test('leafing through photos adds nothing to go back through', () => {
  const browser = new Browser('#/');
  browser.open('#/record/a');
  browser.open('#/record/a/photo/1');
  browser.do(turn(browser.here, '#/record/a/photo/2'));
  browser.back();
  expect(browser.here.hash).toBe('#/record/a');
});

test('what is below is read back from the history, and nothing else is', () => {
  const place = above(start('#/'), '#/new');
  expect(read({ below: place.below }, '#/new')).toEqual(place);
  for (const state of [null, undefined, 7, {}, { below: 'x' }, { below: [1] }]) {
    expect(read(state, '#/new')).toBeNull();
  }
});

/** The screen that each one's arrow leads to. */
const parent: Record<string, string> = {
  '#/record/a': '#/',
  '#/record/b': '#/',
  '#/record/a/edit': '#/record/a',
  '#/record/a/photo/1': '#/record/a',
  '#/record/a/edit/camera': '#/record/a/edit',
  '#/new': '#/',
  '#/new/camera': '#/new',
  '#/phone': '#/',
  '#/pair': '#/',
};

test('whatever is opened and left, every back button leads towards the list and then out', () => {
  const seed = Date.now() % 1_000_000;
  console.info(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const addresses = ['#/', ...Object.keys(parent)];
  for (let run = 0; run < 300; run += 1) {
    const browser = new Browser(addresses[random(addresses.length)]!);
    for (let step = 0; step < 30; step += 1) {
      const here = browser.here.hash;
      const children = Object.keys(parent).filter((child) => parent[child] === here);
      const act = random(3);
      if (act === 0 && children.length > 0) browser.open(children[random(children.length)]!);
      else if (act === 1 && parent[here] !== undefined) browser.leave(parent[here]);
      else browser.back();
      const below = browser.places.slice(0, browser.at).map(({ hash }) => hash);
      if (below.join() !== browser.here.below.join()) expect(browser.here.below).toEqual(below);
    }
    const seen: string[] = [];
    do {
      expect(seen, `run ${run}`).not.toContain(browser.here.hash);
      seen.push(browser.here.hash);
    } while (browser.back());
  }
});
