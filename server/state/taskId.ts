/** A task id as four words: a UUID's own bits, or a hash of any other text. */
export type IdWords = Int32Array;

const uuidLength = 36;
const dash = 45;

const hexValues = (() => {
  const values = new Int8Array(128).fill(-1);
  for (let digit = 0; digit < 16; digit++) values[digit.toString(16).charCodeAt(0)] = digit;
  return values;
})();

const isDashAt = (index: number): boolean => index === 8 || index === 13 || index === 18 || index === 23;

/** Reads a UUID in its canonical form (lower case, with dashes) into `words`; false for any other text. */
export const parseUuid = (text: string, words: IdWords): boolean => {
  if (text.length !== uuidLength) return false;
  let word = 0;
  let digits = 0;
  for (let index = 0; index < uuidLength; index++) {
    const code = text.charCodeAt(index);
    if (isDashAt(index)) {
      if (code !== dash) return false;
      continue;
    }
    const value = code < 128 ? (hexValues[code] ?? -1) : -1;
    if (value < 0) return false;
    word = (word << 4) | value;
    if ((++digits & 7) === 0) words[(digits >> 3) - 1] = word;
  }
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
