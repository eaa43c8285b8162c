/** A regular expression of the code, or the place where one is made of a text. */
interface CodeRegex {
  readonly line: number;
  /** Null where it is put together while the program runs. */
  readonly regex: RegExp | null;
}

/** Behind these a slash begins a regular expression; behind a name, a number or a closing bracket it divides. */
const beforeRegex = /^(?:[([{},;=:!&|?+\-*%~^>]|return|typeof|case|in|of|yield|await|)$/;

/** The regular expressions in a file of TypeScript, without those in comments and strings. */
export const regexesIn = (source: string): readonly CodeRegex[] => {
  const found: CodeRegex[] = [];
  /** Whether the braces that are open belong to an expression inside a template. */
  const braces: boolean[] = [];
  let before = '';
  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at);
    const isTemplate = char === '`' || (char === '}' && braces.pop() === true);
    if (source.startsWith('//', at)) at = behind(source, '\n', at);
    else if (source.startsWith('/*', at)) at = behind(source, '*/', at);
    else if (isTemplate || char === "'" || char === '"') {
      at = isTemplate ? endOfTemplatePart(source, at + 1) : endOfQuoted(source, at);
      const isOpen = isTemplate && source.charAt(at - 1) === '{';
      if (isOpen) braces.push(true);
      before = isOpen ? '{' : 'text';
    } else if (char === '/' && beforeRegex.test(before) && source.charAt(at + 1) !== '>') {
      const end = endOfRegex(source, at);
      const flags = wordAt(source, end);
      found.push({ line: lineOf(source, at), regex: new RegExp(source.slice(at + 1, end - 1), flags) });
      before = 'regex';
      at = end + flags.length;
    } else {
      if (char === '{') braces.push(false);
      const word = wordAt(source, at) || char;
      if (word === 'RegExp' && before === 'new') found.push({ line: lineOf(source, at), regex: null });
      if (char.trim() !== '') before = word;
      at += word.length;
    }
  }
  return found;
};

const wordAt = (source: string, at: number): string => /^\w*/.exec(source.slice(at, at + 100))?.[0] ?? '';

const lineOf = (source: string, at: number): number => source.slice(0, at).split('\n').length;

const behind = (source: string, mark: string, from: number): number => {
  const end = source.indexOf(mark, from + 2);
  return end < 0 ? source.length : end + mark.length;
};

const endOfQuoted = (source: string, from: number): number => {
  let at = from + 1;
  while (at < source.length && source[at] !== source[from] && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
};

/** Behind the closing backtick, or behind what opens the next expression. */
const endOfTemplatePart = (source: string, from: number): number => {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') return at + 1;
    else if (source[at] === '$' && source[at + 1] === '{') return at + 2;
  }
  return source.length;
};

const endOfRegex = (source: string, from: number): number => {
  let isSet = false;
  for (let at = from + 1; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '[') isSet = true;
    else if (char === ']') isSet = false;
    else if (char === '/' && !isSet) return at + 1;
  }
  return source.length;
};
