/**
 * The laptop's event stream, opened again whenever it ends.
 *
 * It carries no data worth keeping: each event only says that something changed, and so does each
 * reopening, since events may have been missed.
 */
const reopen_ms = 3000;

export function listen(
  onChange: () => void,
  onLive: (live: boolean) => void,
  onRefused: () => void,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source = new EventSource('/api/v1/events');
    source.onopen = () => {
      onLive(true);
      onChange();
    };
    source.onmessage = onChange;
    source.onerror = () => {
      onLive(false);
      // A browser gives up for good when the answer was not an event stream.
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, reopen_ms);
      onRefused();
    };
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
