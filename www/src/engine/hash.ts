/** The content hash of a file, read piece by piece: a film is never in memory as a whole. Only for the worker. */
import { Hasher } from './generated/chasqui_client_wasm';

export async function hashOf(file: Blob): Promise<string> {
  const hasher = new Hasher();
  try {
    const reader = file.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return hasher.finish();
      hasher.update(value);
    }
  } finally {
    hasher.free();
  }
}
