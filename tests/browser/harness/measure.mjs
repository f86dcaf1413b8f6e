/**
 * What is wrong with a screen for an eye, a finger or an ear: text that is cut or out of sight,
 * targets that are too small or lie on each other, and what axe finds serious.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A finger's width in CSS pixels. */
export const target_px = 48;

/**
 * What may be cut, and why: in each case all of it stands elsewhere. `x` is at its side, `y` below.
 */
const cut_on_purpose = [
  {
    selector: '[data-testid=observation] .note',
    axes: 'y',
    why: 'a row has room for the beginning; all of it is in the detail',
  },
  {
    selector: '[data-testid=observation] .others',
    axes: 'y',
    why: 'a name may have 80 letters; all of it is in the detail',
  },
  {
    selector: '[data-testid=observation] strong',
    axes: 'y',
    why: 'so may a category that a file brought',
  },
  {
    selector: '[data-testid=draft] .note',
    axes: 'xy',
    why: 'a draft shows the beginning; all of it is in its form',
  },
  { selector: '[data-testid=map]', axes: 'xy', why: 'a map goes on beyond its frame' },
  { selector: '.quiet', axes: 'xy', why: 'it is there for who listens alone' },
];

/** What an eye or a finger finds wrong, a sentence each. */
export function faultsOfSight(page) {
  return page.evaluate(measure, { target_px, cut_on_purpose });
}

/** What axe finds serious: what stands in the page is the same in each size. */
export async function faultsOfAxe(page) {
  // A script of the test, which the page's policy does not let in as an element.
  await page.evaluate(`window.axe ?? (() => { ${axe} })()`);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await window.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    });
    return found.violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .map(
        ({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
  });
  return violations;
}

/** In the page. */
function measure({ target_px, cut_on_purpose }) {
  const faults = [];
  const slack_px = 1;
  const { clientWidth: width, scrollWidth } = document.documentElement;
  if (scrollWidth > width)
    faults.push(`the page is ${scrollWidth} px wide in a window of ${width}`);
  const top = document.querySelector('[aria-modal=true], dialog[open]') ?? document.body;
  const name = (element) => {
    const id = element.closest('[data-testid]')?.dataset.testid ?? '';
    const text = (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} ${id}> "${text}"`;
  };
  const mayBeCut = (element, axis) =>
    cut_on_purpose.some(
      ({ selector, axes }) => axes.includes(axis) && element.closest(selector) !== null,
    );
  const isSeen = (element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
    element.closest('.quiet, [hidden], [aria-hidden=true] svg') === null;
  /** What of an element shows, cut by those around it that do not scroll. */
  const clips = (element, axis) => {
    const all = [];
    for (let around = element; around !== null; around = around.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(around);
      const overflow = axis === 'x' ? overflowX : overflowY;
      if (['hidden', 'clip'].includes(overflow)) all.push(around);
      if (position === 'fixed' || (axis === 'y' && ['auto', 'scroll'].includes(overflow))) break;
    }
    return all;
  };

  const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  const measured = new Set();
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === '' || !isSeen(element)) continue;
    if (mayBeCut(element, 'x') && mayBeCut(element, 'y')) continue;
    if (['SCRIPT', 'STYLE', 'OPTION', 'TEXTAREA', 'NOSCRIPT'].includes(element.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const rect of range.getClientRects()) {
      if (rect.width === 0) continue;
      if (rect.left < -slack_px || rect.right > width + slack_px) {
        faults.push(
          `out of sight: ${name(element)} from ${rect.left} to ${rect.right} of ${width}`,
        );
        break;
      }
      const cut = clips(element, 'x').find((around) => {
        const edge = around.getBoundingClientRect();
        return rect.right > edge.right + slack_px || rect.left < edge.left - slack_px;
      });
      if (cut) {
        faults.push(`cut at its side: ${name(element)}`);
        break;
      }
      const lower = mayBeCut(element, 'y')
        ? undefined
        : clips(element, 'y').find((around) => {
            const edge = around.getBoundingClientRect();
            return rect.bottom > edge.bottom + 2 || rect.top < edge.top - 2;
          });
      if (lower) {
        faults.push(`cut below: ${name(element)}`);
        break;
      }
    }
    for (let box = element; box !== top && box !== null; box = box.parentElement) {
      if (measured.has(box)) break;
      measured.add(box);
      const { overflowX, display } = getComputedStyle(box);
      if (display === 'inline' || ['auto', 'scroll'].includes(overflowX)) continue;
      if (mayBeCut(box, 'x')) continue;
      if (box.scrollWidth > box.clientWidth + slack_px && box.clientWidth > 0) {
        faults.push(`wider than its box: ${name(box)} ${box.scrollWidth} > ${box.clientWidth}`);
      }
    }
  }

  const kinds = 'a[href], button, input, select, textarea, summary, [role=button]';
  const targets = [...top.querySelectorAll(kinds)].filter(isSeen);
  const boxes = targets.map((target) => [target, target.getBoundingClientRect()]);
  for (const [target, box] of boxes) {
    if (box.width === 0 && box.height === 0) continue;
    if (box.width < target_px - 0.5 || box.height < target_px - 0.5) {
      faults.push(
        `too small: ${name(target)} ${Math.round(box.width)} × ${Math.round(box.height)}`,
      );
    }
  }
  for (const [at, [one, a]] of boxes.entries()) {
    for (const [other, b] of boxes.slice(at + 1)) {
      if (one.contains(other) || other.contains(one) || a.width === 0 || b.width === 0) continue;
      const over_x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const over_y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (over_x > 1 && over_y > 1 && inSameScroll(one, other)) {
        faults.push(`on each other: ${name(one)} and ${name(other)}`);
      }
    }
  }

  /** What scrolls below something else is covered for a while only. */
  function inSameScroll(one, other) {
    const scroller = (element) => {
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(around).overflowY)) return around;
      }
      return null;
    };
    return scroller(one) === scroller(other);
  }
  return [...new Set(faults)];
}
