const backslash = 92;
const lineFeed = 10;
const openBrace = 123;
const closeBrace = 125;
/** As deep as f-strings are followed into each other; nobody writes more by hand. */
const deepest = 8;

/**
 * Where a string literal ends that begins at `start` and has its quote at `quoteAt`. An f-string's braces may hold strings
 * with the same quotes (Python 3.12). One that has no end ends with its line, or with the text if it is in triple quotes.
 */
export const endOfString = (text: string, start: number, quoteAt: number, depth = 0): number => {
  const quote = text.charCodeAt(quoteAt);
  const isTriple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
  const isFormatted = depth < deepest && /[ft]/i.test(text.slice(start, quoteAt));
  let at = quoteAt + (isTriple ? 3 : 1);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 2;
    else if (code === quote) {
      if (!isTriple) return at + 1;
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
      at++;
    } else if (code === lineFeed && !isTriple) return at;
    else if (code === openBrace && isFormatted) {
      at = text.charCodeAt(at + 1) === openBrace ? at + 2 : endOfReplacement(text, at, isTriple, quote, depth);
    } else at++;
  }
  return text.length;
};

/** Behind the closing brace of a replacement field of an f-string that opens at `at`. */
const endOfReplacement = (text: string, open: number, isTriple: boolean, quote: number, depth: number): number => {
  let nested = 0;
  let isFormat = false;
  for (let at = open + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === lineFeed && !isTriple) return at;
    if (code === closeBrace && nested === 0) return at + 1;
    if (isFormat) {
      if (code === quote && !isTriple) return at;
      at = code === openBrace && depth < deepest ? endOfReplacement(text, at, isTriple, quote, depth + 1) : at + 1;
    } else if (code === 34 || code === 39) {
      // An older Python's string ends at its own quote, whatever brace is open: a quote that would leave the line is the end.
      const end = endOfString(text, at, at, depth + 1);
      if (code === quote && !isTriple && text.charCodeAt(end) === lineFeed) return at;
      at = end;
    } else {
      if (code === 40 || code === 91 || code === openBrace) nested++;
      if (code === 41 || code === 93 || code === closeBrace) nested = Math.max(0, nested - 1);
      if (code === 58 && nested === 0 && text.charCodeAt(at + 1) !== 61) isFormat = true;
      at++;
    }
  }
  return text.length;
};
