/** A task id as four words: a UUID's own bits, or a hash of any other text. */
export type IdWords = Int32Array;

const uuidLength = 36;
const dash = 45;

/** More than four digits can hold, wherever among them it stands. */
const noDigit = 0x10000;
const digitValues = (() => {
  const values = new Int32Array(128).fill(noDigit);
  for (let digit = 0; digit < 16; digit++) values[digit.toString(16).charCodeAt(0)] = digit;
  return values;
})();

const digitOf = (code: number): number => digitValues[code] ?? noDigit;

/** The value of the four digits at `at`; above 0xffff when they are not all digits. Each event comes through here. */
const fourDigits = (text: string, at: number): number =>
  (digitOf(text.charCodeAt(at)) << 12) |
  (digitOf(text.charCodeAt(at + 1)) << 8) |
  (digitOf(text.charCodeAt(at + 2)) << 4) |
  digitOf(text.charCodeAt(at + 3));

const hasDashes = (text: string): boolean =>
  text.charCodeAt(8) === dash &&
  text.charCodeAt(13) === dash &&
  text.charCodeAt(18) === dash &&
  text.charCodeAt(23) === dash;

/** Reads a UUID in its canonical form (lower case, with dashes) into `words`; false for any other text. */
export const parseUuid = (text: string, words: IdWords): boolean => {
  if (text.length !== uuidLength || !hasDashes(text)) return false;
  const a = fourDigits(text, 0);
  const b = fourDigits(text, 4);
  const c = fourDigits(text, 9);
  const d = fourDigits(text, 14);
  const e = fourDigits(text, 19);
  const f = fourDigits(text, 24);
  const g = fourDigits(text, 28);
  const h = fourDigits(text, 32);
  if ((a | b | c | d | e | f | g | h) > 0xffff) return false;
  words[0] = (a << 16) | b;
  words[1] = (c << 16) | d;
  words[2] = (e << 16) | f;
  words[3] = (g << 16) | h;
  return true;
};

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

export const formatUuid = (w0: number, w1: number, w2: number, w3: number): string => {
  const middle = hex(w1);
  const back = hex(w2);
  return `${hex(w0)}-${middle.slice(0, 4)}-${middle.slice(4)}-${back.slice(0, 4)}-${back.slice(4)}${hex(w3)}`;
};

/** 128 bits that stand for a text (cyrb128); two task ids that share them are not to be expected. */
export const hashText = (text: string, words: IdWords): void => {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  a ^= b ^ c ^ d;
  words[0] = a;
  words[1] = b ^ a;
  words[2] = c ^ a;
  words[3] = d ^ a;
};

/**
 * A class that extends String, as ioredis has one, leaves String.prototype in V8's slow form; from then on each `charCodeAt`
 * of a loop looks the method up anew, and reading a task id takes four times as long. V8 brings a prototype back into its
 * fast form when it walks the chain of an object, which it never does for plain strings: so we have it walk one.
 */
export const keepStringsSwift = (): void => {
  for (const _ in Object('')) return;
};
