/**
 * Where the laptop's onboarding page is: by plain http, because a phone opens it before it trusts
 * the laptop.
 */
import type { Hello } from './hello';

const usual_port = 8080;

/** The address that the laptop says, or else the usual one at the host of this page. */
export async function connectPage(page: URL): Promise<string> {
  const hello = await fetch('/api/v1/hello', { cache: 'no-store' })
    .then((answer) => answer.json() as Promise<Hello>)
    .catch(() => null);
  return connectAddress(page, hello?.addresses ?? []);
}

export function connectAddress(page: URL, addresses: readonly string[]): string {
  const known = addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address)] : []));
  const plain = known.filter(({ protocol }) => protocol === 'http:');
  const best = plain.find(({ hostname }) => hostname === page.hostname) ?? plain[0];
  return `${best?.origin ?? `http://${page.hostname}:${usual_port}`}/connect/`;
}
