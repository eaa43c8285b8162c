/** A line that is being typed, and those before it. */
export interface LineState {
  readonly text: string;
  readonly history: readonly string[];
  /** Which line of the history is shown; its length: the new one. */
  readonly at: number;
}

interface Edited {
  readonly state: LineState;
  /** What the terminal has to draw. */
  readonly echo: string;
  /** Lines that are complete. */
  readonly lines: readonly string[];
}

const endOfInput = '\u0004';
const interrupt = '\u0003';
const newLine = '\r\n';

/** What a terminal in line mode does with keys: the other side neither echoes nor edits. */
export const editLine = (before: LineState, keys: string): Edited => {
  let state = before;
  let echo = '';
  const lines: string[] = [];
  for (const key of splitKeys(keys)) {
    const next = pressKey(state, key);
    state = next.state;
    echo += next.echo;
    lines.push(...next.lines);
  }
  return { state, echo, lines };
};

const escapeKey = '\u001b';
const keyPattern = new RegExp(`${escapeKey}\\[[0-9;]*[A-Za-z~]|[\\s\\S]`, 'gu');

const splitKeys = (keys: string): readonly string[] => keys.match(keyPattern) ?? [];

const pressKey = (state: LineState, key: string): Edited => {
  const { text, history } = state;
  switch (key) {
    case '\r':
    case '\n': {
      const kept = text === '' ? history : [...history, text];
      return { state: { text: '', history: kept, at: kept.length }, echo: newLine, lines: [text] };
    }
    case endOfInput:
      return { state, echo: newLine, lines: ['c'] };
    case interrupt:
      return { state: { ...state, text: '' }, echo: erase(text), lines: [] };
    case '\u007f': {
      const shorter = [...text].slice(0, -1).join('');
      return { state: { ...state, text: shorter }, echo: text === '' ? '' : '\b \b', lines: [] };
    }
    case '\u001b[A':
      return recall(state, state.at - 1);
    case '\u001b[B':
      return recall(state, state.at + 1);
    default: {
      if (key < ' ') return { state, echo: '', lines: [] };
      return { state: { ...state, text: text + key }, echo: key, lines: [] };
    }
  }
};

const recall = (state: LineState, at: number): Edited => {
  if (at < 0 || at > state.history.length) return { state, echo: '', lines: [] };
  const text = state.history[at] ?? '';
  return { state: { ...state, text, at }, echo: erase(state.text) + text, lines: [] };
};

const erase = (text: string): string => '\b \b'.repeat([...text].length);
