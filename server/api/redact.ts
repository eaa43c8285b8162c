import { mask, maskLogins } from './redaction.ts';

/** A shorter one would be found in words that have nothing to do with it. */
const shortestKnown = 4;

/** The text without the passwords of the URLs in it, and without the secrets that are known, also as a URL or JSON writes them. */
export const redact = (text: string, known: Iterable<string> = []): string => {
  let clean = maskLogins(text);
  for (const secret of known) {
    if (secret.length < shortestKnown) continue;
    for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      clean = clean.replaceAll(spelling, mask);
  }
  return clean;
};
