import { expect, test } from 'vitest';
import { en } from './en';
import { es } from './es';
import { isolated, partsOf } from './isolated';
import { pt } from './pt';

/** Turns what follows round, and would end an isolation early. */
const hostile = 'Ro\u202esa\u2069 99';
const word = isolated(hostile);

const sentences = [es, pt, en].flatMap(({ files, manager }) => [
  manager.invite.arrived(word),
  manager.members.change(word),
  manager.members.revokeSure(word),
  manager.members.asideSure(word),
  manager.custody.recorded(word, '10:00'),
  manager.files.saveFile(word),
  manager.import.working(word),
  manager.meeting.finished(word, 3),
  manager.workspace.inWords.category(word),
  manager.workspace.inWords.text(word),
  manager.devices.waitFor(manager.devices.whom(word, '8')),
  manager.devices.mustComeBack(manager.devices.whom(word, '8')),
  manager.devices.notKnown(word),
  files.remove(word),
]);

test('a name that turns the text round turns no sentence round', () => {
  for (const sentence of sentences) {
    expect(sentence).toContain('\u2068Rosa 99\u2069');
    expect(sentence.replace('\u2068Rosa 99\u2069', '')).not.toMatch(
      /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
    );
    const parts = partsOf(sentence);
    expect(parts.filter(({ isOthers }) => isOthers)).toEqual([{ text: 'Rosa 99', isOthers: true }]);
    expect(parts.map(({ text }) => text).join('')).toBe(sentence.replace(/[\u2068\u2069]/g, ''));
  }
});

test('a sentence without a name is one part', () => {
  expect(partsOf(es.sync.nothingWaiting)).toEqual([
    { text: es.sync.nothingWaiting, isOthers: false },
  ]);
  expect(partsOf('')).toEqual([]);
});
