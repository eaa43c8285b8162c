const simple: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** What stands in a string literal, its escapes replaced by what they mean. */
export const unescapeString = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[\s\S])/gi, (whole, escaped: string) => {
        if (escaped.length === 1) return simple[escaped] ?? whole;
        const code = Number.parseInt(escaped.slice(1), 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      })
    : text;
