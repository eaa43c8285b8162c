import { completeQuery } from '../../../state/queries/language/completeQuery.ts';
import { QueryError } from '../../../state/queries/language/queryError.ts';
import { readQuery } from '../../../state/queries/language/readQuery.ts';
import type { Key } from './topKeys.ts';
import { type Prompt, type TopState, withList } from './topState.ts';
import { knownValues, type TopView } from './topView.ts';

type FilterPrompt = Extract<Prompt, { readonly kind: 'filter' }>;

/** Typing a filter: what cannot be read is told at once, with its place, and only what can be read is applied. */
export const pressInFilter = (state: TopState, prompt: FilterPrompt, key: Key, view: TopView): TopState => {
  if (key === 'escape') return { ...state, prompt: null };
  if (key === 'enter') return applied(state, prompt);
  const next = edited(prompt, key, state.tab === 'tasks' ? view : null);
  return next === prompt ? state : { ...state, prompt: { ...next, error: errorOf(state, next.text) } };
};

const applied = (state: TopState, { text, ...prompt }: FilterPrompt): TopState => {
  const error = errorOf(state, text);
  if (error !== null) return { ...state, prompt: { ...prompt, text, error } };
  return withList({ ...state, prompt: null }, { filter: text.trim(), chosen: null, index: 0, offset: 0 });
};

/** Elsewhere than over tasks, any text is a part of a name. */
const errorOf = ({ tab }: TopState, text: string): string | null => {
  if (tab !== 'tasks') return null;
  try {
    readQuery(text, 0);
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
};

const edited = (prompt: FilterPrompt, key: Key, view: TopView | null): FilterPrompt => {
  const { text, caret } = prompt;
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  switch (key) {
    case 'left':
      return { ...prompt, caret: Math.max(0, caret - 1) };
    case 'right':
      return { ...prompt, caret: Math.min(text.length, caret + 1) };
    case 'home':
      return { ...prompt, caret: 0 };
    case 'end':
      return { ...prompt, caret: text.length };
    case 'backspace':
      return { ...prompt, text: before.slice(0, -1) + after, caret: Math.max(0, caret - 1) };
    case 'delete':
      return { ...prompt, text: before + after.slice(1) };
    case 'ctrl-u':
      return { ...prompt, text: after, caret: 0 };
    case 'ctrl-w': {
      const kept = before.trimEnd().slice(0, before.trimEnd().lastIndexOf(' ') + 1);
      return { ...prompt, text: kept + after, caret: kept.length };
    }
    case 'tab':
      return view === null ? prompt : completed(prompt, view);
    default:
      return [...key].length === 1 ? { ...prompt, text: before + key + after, caret: caret + key.length } : prompt;
  }
};

/** As far as all that fits begins alike; a value that is the only one ends with a blank. */
const completed = (prompt: FilterPrompt, view: TopView): FilterPrompt => {
  const { text, caret } = prompt;
  const { from, options } = completeQuery(text, caret, knownValues(view));
  const [first = ''] = options;
  if (options.length === 0) return prompt;
  const common = options.reduce((start, each) => {
    let length = 0;
    while (length < start.length && start.charAt(length) === each.charAt(length)) length++;
    return start.slice(0, length);
  }, first);
  const whole = options.length === 1 && !first.endsWith(':') ? `${first} ` : common;
  if (whole.length < caret - from) return prompt;
  return { ...prompt, text: text.slice(0, from) + whole + text.slice(caret), caret: from + whole.length };
};
