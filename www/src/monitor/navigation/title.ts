/** What the browser, its list of tabs and a screen reader call the screen that is open. */
import type { Words } from '../../strings/es';
import type { Route } from './route.svelte';

export function titleOf(route: Pick<Route, 'screen'>, words: Words): string {
  const titles: Record<Route['screen'], string | null> = {
    home: null,
    new: words.form.titleNew,
    draft: words.form.titleNew,
    edit: words.form.titleEdit,
    detail: words.detail.title,
    phone: words.phone.title,
    pair: words.pairing.title,
  };
  const title = titles[route.screen];
  return title === null ? 'Chasqui' : `${title} · Chasqui`;
}
