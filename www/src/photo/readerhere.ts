/** For tests: a worker that reads EXIF where the test runs. */
import { exifOf } from './exif';

export class ReaderHere {
  onmessage: ((event: { data: unknown }) => void) | null = null;

  postMessage(head: ArrayBuffer): void {
    let data = {};
    try {
      data = exifOf(head);
    } catch {
      // As the worker does.
    }
    queueMicrotask(() => this.onmessage?.({ data }));
  }

  terminate(): void {
    this.onmessage = null;
  }
}
