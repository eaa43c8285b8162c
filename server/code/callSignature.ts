import type { Parameter } from '../python/syntax.ts';
import type { CodeTask } from './facts.ts';
import { runOf } from './ruleKit.ts';

/** What a call gives: how many positional arguments, and the names of the others. */
export interface GivenArguments {
  readonly count: number;
  readonly names: readonly string[];
}

/** Why a call does not fit a signature. */
export type Misfit =
  | { readonly kind: 'tooMany'; readonly most: number; readonly count: number }
  | { readonly kind: 'twice' | 'unknown'; readonly name: string }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** Null where the signature that counts cannot be seen: a decorator below the task's own may change it. */
export const signatureOf = (task: CodeTask): readonly Parameter[] | null => {
  const run = runOf(task);
  if (!run || !task.hasAllOptions || task.options.has('typing')) return null;
  if (run.decorators.length > (task.definition.kind === 'def' ? 1 : 0)) return null;
  if (task.definition.kind === 'def' && run.decorators.length === 0) return null;
  const isBound = task.bind || task.definition.kind === 'class';
  if (!isBound && task.options.has('bind')) return null;
  return isBound ? run.parameters.slice(1) : run.parameters;
};

/** Null: the call fits. */
export const misfitOf = (parameters: readonly Parameter[], { count, names }: GivenArguments): Misfit | null => {
  const places = parameters.filter(({ kind }) => kind === 'positional' || kind === 'regular');
  const takesRest = parameters.some(({ kind }) => kind === 'rest');
  const takesKeywords = parameters.some(({ kind }) => kind === 'keywords');
  if (count > places.length && !takesRest) return { kind: 'tooMany', most: places.length, count };
  const byPlace = new Set(places.slice(0, count).map(({ name }) => name));
  const twice = names.find((name) => byPlace.has(name));
  if (twice !== undefined) return { kind: 'twice', name: twice };
  const known = new Set(
    parameters.filter(({ kind }) => kind === 'regular' || kind === 'keyword').map(({ name }) => name),
  );
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined && !takesKeywords) return { kind: 'unknown', name: unknown };
  const missing = parameters.filter(
    ({ name, kind, default: value }) =>
      value === null &&
      (kind === 'regular' || kind === 'positional' || kind === 'keyword') &&
      !byPlace.has(name) &&
      !names.includes(name),
  );
  return missing.length > 0 ? { kind: 'missing', names: missing.map(({ name }) => name) } : null;
};
