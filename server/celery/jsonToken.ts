const quote = 0x22;
const backslash = 0x5c;
/** `{}[],:` and blanks end a number or a word. */
const ends = new Uint8Array(128);
for (const sign of '{}[],:"') ends[sign.charCodeAt(0)] = 1;
for (const sign of ' \t\n\v\f\r') ends[sign.charCodeAt(0)] = 2;

/**
 * Calls with where each token of a JSON text begins and ends, until it is told to stop. A string that is never closed goes to
 * the text's end. By the codes of characters, because a match of an expression costs ten times as much as a token.
 */
export const eachJsonToken = (json: string, visit: (from: number, to: number) => boolean | undefined): void => {
  for (let at = 0; at < json.length; ) {
    const from = at;
    const code = json.charCodeAt(at++);
    if (kindOf(code) === 2) continue;
    if (code === quote) at = behindString(json, at);
    else if (kindOf(code) === 0) while (at < json.length && kindOf(json.charCodeAt(at)) === 0) at++;
    if (visit(from, at) === false) return;
  }
};

const kindOf = (code: number): number => {
  if (code < 128) return ends[code] ?? 0;
  return code > 0xa0 - 1 && otherBlanks.has(code) ? 2 : 0;
};

/** What an expression's \\s stands for beyond ASCII. */
const otherBlanks: ReadonlySet<number> = new Set([
  0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x3000, 0xfeff,
]);

const behindString = (json: string, from: number): number => {
  for (let at = from; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
  }
  return json.length;
};
