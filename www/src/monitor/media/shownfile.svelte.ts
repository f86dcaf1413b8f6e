/**
 * A file of this phone while something shows it: what has its address gives it back when it is
 * shown no longer.
 */
import type { MediaRef } from '../../api/types';
import { records } from '../records/records.svelte';

export class ShownFile {
  /** `null` until it is read, and where it is `missing`. */
  url = $state<string | null>(null);
  /** It is not on this phone. */
  missing = $state(false);

  /**
   * For a component that begins, and as long as that lives; follows `media`, and a file that is
   * brought from a laptop.
   */
  constructor(media: () => MediaRef) {
    // By value: a new list of records must not interrupt an audio recording that is playing.
    const hash = $derived(media().hash);
    const type = $derived(media().type);
    const brought = $derived(records.brought[hash] ?? 0);

    $effect(() => {
      const as = type;
      let made: string | null = null;
      let gone = false;
      void brought;
      this.url = null;
      this.missing = false;
      void records.file(hash).then((file) => {
        if (gone) return;
        this.missing = file === null;
        if (file !== null) this.url = made = URL.createObjectURL(file.slice(0, file.size, as));
      });
      return () => {
        gone = true;
        if (made !== null) URL.revokeObjectURL(made);
      };
    });
  }
}
