/**
 * The language in use: the one chosen before, else the first of the browser's that is known, else
 * Spanish.
 */
import { keep, kept } from '../storage/kept';
import { en } from './en';
import { es, type Words } from './es';
import { pt } from './pt';

const known = { es, pt, en } satisfies Record<string, Words>;
export type LanguageCode = keyof typeof known;
export const languageCodes = Object.keys(known) as LanguageCode[];

const key = 'chasqui.language';
const isKnown = (code: string | null): code is LanguageCode => code !== null && code in known;

function first(): LanguageCode {
  const chosen = kept(key);
  if (isKnown(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isKnown) ?? 'es';
}

class Language {
  code = $state<LanguageCode>(first());
  words: Words = $derived(known[this.code]);

  constructor() {
    document.documentElement.lang = this.code;
    // Chosen in another tab of the same app.
    window.addEventListener('storage', (event) => {
      if (event.key === key && isKnown(event.newValue)) this.#use(event.newValue);
    });
  }

  choose(code: LanguageCode): void {
    this.#use(code);
    keep(key, code);
  }

  #use(code: LanguageCode): void {
    this.code = code;
    document.documentElement.lang = code;
  }

  /** How a language calls itself. */
  nameOf(code: LanguageCode): string {
    return known[code].languageName;
  }
}

export const language = new Language();
