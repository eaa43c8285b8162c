import type { CodeIndex } from '../codeIndex.ts';
import type { CodeFile, CodeTask } from '../facts.ts';
import { parametersOf, parameterTexts } from './taskCard.ts';
import { taskOfCallee } from './taskOfCallee.ts';
import { type Typed, typedAt } from './typedAt.ts';

interface Signature {
  readonly label: string;
  /** Where each parameter stands in the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly active: number;
}

const direct = /\.(?:delay|delay_on_commit|s|si|run)$/;
const listed = /\.(?:apply_async|apply_async_on_commit|signature|subtask|apply)$/;

/** The signature of the task whose arguments are typed at a place: in `.delay(`, `.s(`, or in the args of apply_async. */
export const signatureAt = (index: CodeIndex, file: CodeFile, offset: number): Signature | null => {
  const typed = typedAt(file.syntax.text, offset);
  const given = typed && givenIn(typed);
  if (!given) return null;
  const task = taskOfCallee(given.callee.slice(0, given.callee.lastIndexOf('.')), index, file, offset);
  return task && signatureOf(index, task, given);
};

interface Given {
  readonly callee: string;
  readonly position: number;
  readonly name: string | null;
}

const givenIn = ({ open }: Typed): Given | null => {
  for (let at = open.length - 1; at >= 0; at--) {
    const call = open[at];
    if (call?.bracket !== '(') continue;
    if (direct.test(call.callee)) return { callee: call.callee, position: call.position, name: call.keyword };
    if (!listed.test(call.callee)) continue;
    const inner = open[at + 1];
    if (!inner) return null;
    const isArgs = call.keyword === 'args' || (call.keyword === null && call.position === 0);
    const isKwargs = call.keyword === 'kwargs' || (call.keyword === null && call.position === 1);
    if (isArgs && inner.bracket !== '{') return { callee: call.callee, position: inner.position, name: null };
    return isKwargs ? { callee: call.callee, position: -1, name: inner.key ?? inner.keyword ?? '' } : null;
  }
  return null;
};

const signatureOf = (index: CodeIndex, task: CodeTask, { position, name }: Given): Signature => {
  const texts = parameterTexts(index, task);
  const parameters = parametersOf(task);
  const head = `${task.function}(`;
  let at = head.length;
  const places = texts.map((text): readonly [number, number] => {
    const start = at;
    at += text.length + 2;
    return [start, start + text.length];
  });
  const rest = parameters.findIndex(({ kind }) => kind === (name === null ? 'rest' : 'keywords'));
  const named = parameters.findIndex((each) => each.name === name);
  const takes = parameters.filter(({ kind }) => kind === 'positional' || kind === 'regular').length;
  const active = name === null ? (position < takes ? position : rest) : named >= 0 ? named : rest;
  return { label: `${head}${texts.join(', ')})`, parameters: places, active: active < 0 ? texts.length : active };
};
