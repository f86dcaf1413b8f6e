/**
 * With what a manager signs in: the key of the laptop itself, or the token of a manager's device.
 */
export type Credential = { key: string } | { token: string };

const key_chars = 32;
const token_chars = 64;

/**
 * The key in the fragment of the printed link; `null` where the fragment is about something else.
 */
export function keyOf(fragment: string): Credential | null {
  const [, key] = /^#key=(.*)$/.exec(fragment) ?? [];
  return key === undefined ? null : { key };
}

/** From what a person pasted: the whole link, a key or a token; `null` if it is none of them. */
export function credentialIn(pasted: string): Credential | null {
  const [, hex] = /^(?:\S*#key=)?([0-9a-f]+)$/i.exec(pasted.trim()) ?? [];
  if (hex?.length === key_chars) return { key: hex.toLowerCase() };
  if (hex?.length === token_chars) return { token: hex.toLowerCase() };
  return null;
}
