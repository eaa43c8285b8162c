import { namePatterns } from '../../api/namePatterns.ts';
import type { TaskQuery } from '../../api/tasks.ts';
import { noState, stateLimit } from '../names/taskStates.ts';
import type { TaskStore } from '../rows/taskStore.ts';
import { type CompiledQuery, compileQuery } from './language/compileQuery.ts';
import { readQuery } from './language/readQuery.ts';
import { millisecondsOf } from './taskMoments.ts';

/** The part of a query that looks at columns only. */
export interface TaskFilter {
  /** The states that can match, by code. */
  readonly states: Uint8Array;
  /** Whether the state is all that is asked for. */
  readonly isByStateOnly: boolean;
  /** The query that was typed; its texts may be looked up beforehand. */
  readonly where: CompiledQuery | null;
  matches(row: number): boolean;
}

export const makeTaskFilter = (store: TaskStore, query: TaskQuery): TaskFilter => {
  const { columns } = store;
  const where = query.where ? compileQuery(store, readQuery(query.where.query, query.where.at)) : null;
  const named = statesOf(store, query.states ?? []);
  const states = where ? named.map((bit, code) => bit & (where.states[code] ?? 0)) : named;
  const names = idsLike(store, query.names ?? []);
  const workers = idsLike(store, query.workers ?? []);
  const queues = idsLike(store, query.queues ?? []);
  const time = query.time ? timeTest(store, query.time) : null;
  return {
    states,
    isByStateOnly: names === null && workers === null && queues === null && time === null && where === null,
    where,
    matches: (row) => {
      const state = columns.state[row] ?? noState;
      return (
        state !== noState &&
        states[state] === 1 &&
        (names === null || names[columns.name[row] ?? 0] === 1) &&
        (workers === null || workers[columns.worker[row] ?? 0] === 1) &&
        (queues === null || queues[columns.queue[row] ?? 0] === 1) &&
        (time === null || time(row)) &&
        (where === null || where.matches(row))
      );
    },
  };
};

const statesOf = (store: TaskStore, names: readonly string[]): Uint8Array => {
  const allowed = new Uint8Array(stateLimit);
  if (names.length === 0) return allowed.fill(1);
  for (const name of names) {
    const code = store.states.codeNamed(name.toUpperCase());
    if (code !== undefined) allowed[code] = 1;
  }
  return allowed;
};

/** Marks the interned strings that match; each distinct string is looked at once, however many tasks bear it. */
const idsLike = (store: TaskStore, patterns: readonly string[]): Uint8Array | null => {
  if (patterns.length === 0) return null;
  const allowed = new Uint8Array(store.interner.limit);
  const isLike = namePatterns(patterns);
  for (const [text, id] of store.interner.entries()) if (isLike(text)) allowed[id] = 1;
  return allowed;
};

const timeTest = (store: TaskStore, range: NonNullable<TaskQuery['time']>): ((row: number) => boolean) => {
  const msOf = millisecondsOf(store, range.column);
  const from = range.from ?? Number.NEGATIVE_INFINITY;
  const to = range.to ?? Number.POSITIVE_INFINITY;
  return (row) => {
    const ms = msOf(row);
    return ms >= from && ms < to;
  };
};
