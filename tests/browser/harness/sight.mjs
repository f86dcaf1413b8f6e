/**
 * What a person can see of a page, measured: nothing cut, nothing outside the window, targets large
 * enough, and axe.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * All that is wrong with how the page looks now, a line each. `target_px` is the least size of what
 * is pressed.
 */
export async function faultsInSight(page, target_px) {
  return page.evaluate(measure, target_px);
}

/** Serious and critical findings of axe, a line each. */
export async function faultsOfAxe(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
    return grave.map(
      ({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}

function measure(target_px) {
  const faults = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) faults.push(`page ${root.scrollWidth} wide of ${innerWidth}`);
  const dialogs = document.querySelectorAll('dialog[open]');
  const scope = dialogs[dialogs.length - 1] ?? document.body;
  const isDrawn = (element) =>
    element.checkVisibility({
      visibilityProperty: true,
      opacityProperty: true,
      contentVisibilityAuto: true,
    });
  const isForReaders = (element) =>
    element.closest('.quiet, .maplibregl-ctrl-attrib, [aria-hidden=true]') !== null;
  const named = (element) =>
    `<${element.localName} ${element.className}> "${element.textContent.trim().slice(0, 50)}"`;

  const boxes = new Set();
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (data.trim() === '' || !isDrawn(element) || isForReaders(element)) continue;
    if (element.closest('option, style, script')) continue;
    let box = element;
    while (
      getComputedStyle(box).display.startsWith('inline') &&
      getComputedStyle(box).display === 'inline'
    ) {
      box = box.parentElement;
    }
    boxes.add(box);
  }
  for (const box of boxes) {
    if (box.scrollWidth > box.clientWidth + 1) {
      faults.push(`cut: ${named(box)} needs ${box.scrollWidth} of ${box.clientWidth} px`);
    }
    const { left, right, width } = box.getBoundingClientRect();
    if (width > 0 && (left < -1 || right > innerWidth + 1)) {
      faults.push(
        `outside: ${named(box)} from ${Math.round(left)} to ${Math.round(right)} of ${innerWidth}`,
      );
    }
  }
  for (const element of scope.querySelectorAll(
    'button, input, select, summary, a.button, [role=button]',
  )) {
    if (!isDrawn(element) || isForReaders(element) || element.closest('.maplibregl-ctrl')) continue;
    // A label is pressed in place of the small box in it.
    const pressed = element.matches('[type=checkbox], [type=radio]')
      ? element.closest('label')
      : element;
    const { width, height } = (pressed ?? element).getBoundingClientRect();
    if (width < target_px - 0.5 || height < target_px - 0.5) {
      faults.push(
        `small: ${named(element)} ${Math.round(width)} × ${Math.round(height)} of ${target_px}`,
      );
    }
  }
  return faults;
}
