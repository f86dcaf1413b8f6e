/**
 * What a test began ends in reverse order: a folder goes after the program that writes to it.
 *
 * An ending that fails is told once all of them were tried.
 */
const endings = new WeakMap();

export function atEnd(t, end) {
  if (!endings.has(t)) {
    const all = [];
    endings.set(t, all);
    t.after(() => endAll(all));
  }
  endings.get(t).push(end);
}

async function endAll(all) {
  const failures = [];
  for (const end of all.reverse()) await Promise.resolve(end()).catch((one) => failures.push(one));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, failures.join('\n'));
}
