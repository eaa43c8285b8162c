import { isDashedWord, isWord, skip } from './charCodes.ts';
import type { Hidden, Look } from './hidden.ts';
import { mask } from './redaction.ts';

const isDotted = (code: number): boolean => isDashedWord(code) || code === 46;

/** How the keys of well-known services begin, how many characters follow at least, and of what kind. */
const families: readonly (readonly [prefixes: string, least: number, isKind: (code: number) => boolean])[] = [
  ['AKIA ASIA', 16, isWord],
  ['AIza', 30, isDashedWord],
  ['ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ npm_ hf_', 30, isWord],
  ['glpat- whsec_ dop_v1_ sk-ant- sk-proj-', 20, isDashedWord],
  ['sk_live_ sk_test_ rk_live_ rk_test_ xoxa- xoxb- xoxe- xoxp- xoxr- xoxs- xapp-', 10, isDashedWord],
  ['sk-', 40, isWord],
  ['SG. ya29.', 30, isDotted],
];

const keys = families.flatMap(([prefixes, least, isKind]) =>
  prefixes.split(' ').map((prefix) => ({ prefix, least, isKind })),
);

const hiddenKey = (text: string, from: number, { prefix, least, isKind }: (typeof keys)[number]): Hidden | null => {
  if (!text.startsWith(prefix, from) || (from > 0 && isDashedWord(text.charCodeAt(from - 1)))) return null;
  const to = skip(text, from + prefix.length, isKind);
  return to - from - prefix.length >= least ? { from, to, shown: mask } : null;
};

const first = <T>(each: readonly T[], find: (one: T) => Hidden | null): Hidden | null => {
  for (const one of each) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
};

const cloudKeys = keys.filter(({ prefix }) => prefix.startsWith('A'));

/** A key that begins here: those of Amazon and Google, whose first letter is rarer than their last. */
export const keyFromHere: Look = (text, at) =>
  'KSI'.includes(text.charAt(at + 1)) ? first(cloudKeys, (key) => hiddenKey(text, at, key)) : null;

const ending = (before: number, last: number): number => before * 128 + last;
const byEnding = Map.groupBy(
  keys.filter((key) => !cloudKeys.includes(key)),
  ({ prefix }) => ending(prefix.charCodeAt(prefix.length - 2), prefix.charCodeAt(prefix.length - 1)),
);

/** A key whose prefix ends here, with a sign that is rarer than letters. */
export const keyEndsPrefix: Look = (text, at) => {
  const likely = at === 0 ? undefined : byEnding.get(ending(text.charCodeAt(at - 1), text.charCodeAt(at)));
  return likely === undefined ? null : first(likely, (key) => hiddenKey(text, at + 1 - key.prefix.length, key));
};

/** A JSON Web Token, whose three parts are base64 of JSON (`eyJ` is `{"`); from its capital J. */
export const webToken: Look = (text, at) => {
  const from = at - 2;
  if (from < 0 || !text.startsWith('eyJ', from) || (from > 0 && isDashedWord(text.charCodeAt(from - 1)))) return null;
  const head = skip(text, from, isDashedWord);
  if (head - from < 10 || text.charAt(head) !== '.') return null;
  const body = skip(text, head + 1, isDashedWord);
  if (body - head < 8) return null;
  return { from, to: text.charAt(body) === '.' ? skip(text, body + 1, isDashedWord) : body, shown: mask };
};

const longestTitle = 64;

/** A private key as a PEM file holds it, up to its last line or to where the text was cut. */
export const privateKey: Look = (text, at) => {
  if (!text.startsWith('-----BEGIN ', at)) return null;
  const title = text.slice(at, at + longestTitle).indexOf('PRIVATE KEY-----');
  if (title < 0) return null;
  const from = at + title + 'PRIVATE KEY-----'.length;
  const end = text.indexOf('-----END ', from);
  return { from, to: end < 0 ? text.length : end, shown: mask };
};
