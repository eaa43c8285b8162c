import type { Redactor } from '../api/redactor.ts';
import type { ShownValue, ValueNode } from '../api/taskDetail.ts';
import { isRecord } from '../celery/isRecord.ts';
import { readPythonRepr } from './pythonRepr.ts';

const longestText = 65_536;
const itemLimit = 1_000;
const depthLimit = 40;

/** A repr as an event carries it. */
export const shownRepr = (text: string | null, redactor: Redactor): ShownValue | null => {
  if (text === null) return null;
  const redacted = redactor.text(text);
  const read = readPythonRepr(redacted);
  return { text: redacted, tree: read?.tree ?? null, isCut: read?.isCut ?? /(?:\.\.\.|…)['"\])}]*$/.test(text) };
};

/** A value as a result backend holds it. */
export const shownJson = (value: unknown, redactor: Redactor, exactText: string | null = null): ShownValue => {
  const redacted = redactor.value(value);
  const whole = exactText === null ? JSON.stringify(redacted, null, 2) : redactor.text(exactText);
  const text = whole ?? 'null';
  return {
    text: text.length > longestText ? `${text.slice(0, longestText)}…` : text,
    tree: jsonTree(redacted, 0),
    isCut: text.length > longestText,
  };
};

const jsonTree = (value: unknown, depth: number): ValueNode => {
  if (depth > depthLimit) return { kind: 'cut', text: '…' };
  if (typeof value === 'string') return { kind: 'text', text: JSON.stringify(value) };
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', text: String(value) };
  if (Array.isArray(value)) {
    const items = value.slice(0, itemLimit).map((each) => ({ key: null, value: jsonTree(each, depth + 1) }));
    return { kind: 'list', name: '', items: value.length > itemLimit ? [...items, rest] : items };
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    const items = entries
      .slice(0, itemLimit)
      .map(([key, each]) => ({ key: JSON.stringify(key), value: jsonTree(each, depth + 1) }));
    return { kind: 'dict', name: '', items: entries.length > itemLimit ? [...items, rest] : items };
  }
  return { kind: 'constant', text: String(value) };
};

const rest = { key: null, value: { kind: 'cut', text: '…' } } as const;
