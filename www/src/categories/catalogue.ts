/**
 * The built-in categories: id, icon and colour. Their names are in `strings`.
 *
 * A record may carry a category this build does not know; it is shown by its own words with the
 * icon of `other`.
 */
import axe from 'lucide-static/icons/axe.svg?raw';
import ellipsis from 'lucide-static/icons/circle-ellipsis.svg?raw';
import flame from 'lucide-static/icons/flame.svg?raw';
import paw from 'lucide-static/icons/paw-print.svg?raw';
import pickaxe from 'lucide-static/icons/pickaxe.svg?raw';
import road from 'lucide-static/icons/road.svg?raw';
import tent from 'lucide-static/icons/tent-tree.svg?raw';
import type { Words } from '../strings/es';
import contaminatedWater from './icons/contaminated_water.svg?raw';
import fishKill from './icons/fish_kill.svg?raw';
import oilSpill from './icons/oil_spill.svg?raw';

export type CategoryId = keyof Words['categories'];

export interface Category {
  id: CategoryId;
  /** SVG text, drawn in the current colour. */
  icon: string;
  /** Dark enough for white on it, and for a dot on the map. */
  colour: string;
}

export const categories: readonly Category[] = [
  { id: 'oil_spill', icon: oilSpill, colour: '#1f2328' },
  { id: 'illegal_logging', icon: axe, colour: '#7a3e12' },
  { id: 'mining', icon: pickaxe, colour: '#7d5a00' },
  { id: 'fish_kill', icon: fishKill, colour: '#8c1d40' },
  { id: 'contaminated_water', icon: contaminatedWater, colour: '#005f86' },
  { id: 'fire', icon: flame, colour: '#b3261e' },
  { id: 'invasion', icon: tent, colour: '#5b3a99' },
  { id: 'hunting', icon: paw, colour: '#1d6b34' },
  { id: 'road', icon: road, colour: '#4a5560' },
  { id: 'other', icon: ellipsis, colour: '#3d4a6b' },
];

const byId = new Map<string, Category>(categories.map((category) => [category.id, category]));
const other = categories[categories.length - 1]!;

/** The category to draw for an id, known or not. */
export function categoryOf(id: string): Category {
  return byId.get(id) ?? other;
}

/** Whether this build has a name and an icon for it. */
export function isKnown(id: string): boolean {
  return byId.has(id);
}

/** Its name in the words given, or the id itself when this build does not know it. */
export function categoryName(id: string, words: Words): string {
  return byId.has(id) ? words.categories[id as CategoryId] : id.replaceAll('_', ' ');
}
