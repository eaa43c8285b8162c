const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*/;

/** What a file such as `.env` sets: quotes and remarks as python-dotenv reads them. Nothing in it is filled in or run. */
export const readEnvFile = (text: string): Readonly<Record<string, string>> => {
  const found: [string, string][] = [];
  for (let at = 0; at < text.length; ) {
    const lineEnd = endOf(text, '\n', at);
    const [head = '', name] = assignment.exec(text.slice(at, lineEnd)) ?? [];
    const read = name === undefined ? null : valueAt(text, at + head.length, lineEnd);
    if (name !== undefined && read) found.push([name, read.value]);
    at = (read?.end ?? lineEnd) + 1;
  }
  return Object.fromEntries(found);
};

interface Value {
  readonly value: string;
  readonly end: number;
}

/** The value that begins at `from`, and where its last line ends. What follows a closing quote makes all of it bare. */
const valueAt = (text: string, from: number, lineEnd: number): Value => {
  const quote = text.charAt(from);
  const closing =
    quote === "'" ? text.indexOf(quote, from + 1) : quote === '"' ? endOfDoubleQuoted(text, from + 1) : -1;
  const end = endOf(text, '\n', Math.max(closing, from));
  const isQuoted = closing > 0 && (quote === '"' || closing < lineEnd);
  if (!isQuoted || !/^[ \t\r]*(?:$|(?<=[ \t])#)/.test(text.slice(closing + 1, end)))
    return { value: bare(text.slice(from - 1, lineEnd)), end: lineEnd };
  const value = text.slice(from + 1, closing);
  return { value: quote === '"' ? unescaped(value) : value, end };
};

/** With the character before it, because only a blank begins a remark. */
const bare = (written: string): string => {
  const comment = written.search(/[ \t]#/);
  return written.slice(1, comment < 0 ? undefined : Math.max(1, comment)).trimEnd();
};

/** -1 where it is never closed, which is then asked for no second time. */
const endOfDoubleQuoted = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at < text.length ? at : -1;
};

const endOf = (text: string, mark: string, from: number): number => {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
};

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_whole, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
