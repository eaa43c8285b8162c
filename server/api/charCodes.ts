export const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 160 || code === 0x2028 || code === 0x2029;

export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** A letter, a digit or `_`. */
export const isWord = (code: number): boolean => isLetter(code) || (code >= 48 && code <= 57) || code === 95;

/** A letter, a digit, `_` or `-`: what names of options and keys of services consist of. */
export const isDashedWord = (code: number): boolean => isWord(code) || code === 45;

export const isQuote = (code: number): boolean => code === 39 || code === 34;

/** The first place from `from` on whose character is not of the kind. */
export const skip = (text: string, from: number, isKind: (code: number) => boolean): number => {
  let at = from;
  while (at < text.length && isKind(text.charCodeAt(at))) at++;
  return at;
};

/** The first place of the run of such characters that ends before `end`, not before `least`. */
export const skipBack = (text: string, end: number, isKind: (code: number) => boolean, least = 0): number => {
  let at = end;
  while (at > least && isKind(text.charCodeAt(at - 1))) at--;
  return at;
};
