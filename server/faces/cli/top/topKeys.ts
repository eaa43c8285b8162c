/** What was pressed: a named key, or the character itself. */
export type Key = string;

const named: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u0004': 'ctrl-d',
  '\u000c': 'ctrl-l',
  '\u0015': 'ctrl-u',
  '\u0017': 'ctrl-w',
  '\u001a': 'ctrl-z',
  '\u001b': 'escape',
};

const sequences: Readonly<Record<string, Key>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[5~': 'page-up',
  '[6~': 'page-down',
  '[Z': 'shift-tab',
  '[3~': 'delete',
};

/** What arrived at once from the keyboard, key by key; over SSH several may come together. */
export const readKeys = (text: string): readonly Key[] => {
  const keys: Key[] = [];
  for (let at = 0; at < text.length; ) {
    const [key, length] = keyAt(text, at);
    if (key !== null) keys.push(key);
    at += length;
  }
  return keys;
};

const keyAt = (text: string, at: number): readonly [Key | null, number] => {
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (char === '\u001b' && (next === '[' || next === 'O')) {
    const end = endOfSequence(text, at + 2);
    return [sequences[text.slice(at + 1, end)] ?? null, end - at];
  }
  const code = text.codePointAt(at) ?? 0;
  const whole = String.fromCodePoint(code);
  const key = named[whole] ?? (code >= 32 ? whole : null);
  return [key, whole.length];
};

/** A sequence ends with a letter or `~`. */
const endOfSequence = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /[0-9;?]/.test(text.charAt(at))) at++;
  return Math.min(text.length, at + 1);
};
