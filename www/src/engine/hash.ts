/** The content hash of a file, read piece by piece: a film is never in memory as a whole. Only for the worker. */
import { Hasher } from './generated/chasqui_client_wasm';

/** Each piece is read into the same memory; with new memory for each, a film of 2 GB makes 300 MB of garbage. */
const piece_bytes = 1024 * 1024;

export async function hashOf(file: Blob): Promise<string> {
  const hasher = new Hasher();
  try {
    const reader = file.stream().getReader({ mode: 'byob' });
    let memory = new ArrayBuffer(piece_bytes);
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(memory));
      if (done) return hasher.finish();
      hasher.update(value);
      memory = value.buffer;
    }
  } finally {
    hasher.free();
  }
}
