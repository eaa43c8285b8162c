const blank = '[ \\t]*';
const value = `'([^'\\n]*)'|"((?:[^"\\\\]|\\\\.)*)"|([^\\n]*?)`;
const line = new RegExp(
  `^${blank}(?:export\\s+)?([A-Za-z_]\\w*)${blank}=${blank}(?:${value})${blank}(?:(?<=\\s)#.*)?$`,
  'gm',
);

/** What a file such as `.env` sets: quotes and remarks as python-dotenv reads them. Nothing in it is filled in or run. */
export const readEnvFile = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(line)].map(([, name = '', single, double, bare]) => [
      name,
      single ?? (double === undefined ? (bare ?? '') : unescaped(double)),
    ]),
  );

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_whole, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
