import { namePatterns } from '../../../api/namePatterns.ts';
import type { TaskTimeColumn } from '../../../api/tasks.ts';
import { stateLimit } from '../../names/taskStates.ts';
import { flagIdIsText } from '../../rows/taskColumns.ts';
import type { TaskStore } from '../../rows/taskStore.ts';
import { waitSecondsOf } from '../../rows/taskTimes.ts';
import { argsField, exceptionField, kwargsField, resultField } from '../../texts/textWriter.ts';
import type { Sliced } from '../slices.ts';
import { millisecondsOf } from '../taskMoments.ts';
import { labelTest } from './labelTest.ts';
import {
  type LabelColumn,
  type NumberColumn,
  type QueryTree,
  type Span,
  spanHas,
  type TextColumn,
} from './queryTree.ts';
import { FieldIsThere, TextLeaf } from './textLeaf.ts';

type RowTest = (row: number) => boolean;

/** A query, ready to be held against rows. */
export interface CompiledQuery {
  /** The states that can match, by code. */
  readonly states: Uint8Array;
  readonly hasTexts: boolean;
  readonly matches: RowTest;
  /** Looks all texts up at once, which is far quicker than row by row. `matches` then goes by what was found. */
  prepare(): Sliced<void>;
}

/** Takes as long as there are names, and no longer for an odd query: each term looks at each name once. */
export const compileQuery = (store: TaskStore, tree: QueryTree): CompiledQuery => {
  const leaves: TextLeaf[] = [];
  const matches = testOf(store, tree, leaves);
  return {
    states: statesOf(store, tree),
    hasTexts: leaves.length > 0,
    matches,
    *prepare() {
      for (const leaf of leaves) yield* leaf.prepare();
    },
  };
};

const testOf = (store: TaskStore, tree: QueryTree, leaves: TextLeaf[]): RowTest => {
  switch (tree.kind) {
    case 'all': {
      const tests = cheapFirst(tree.parts).map((part) => testOf(store, part, leaves));
      return (row) => tests.every((test) => test(row));
    }
    case 'any': {
      const tests = cheapFirst(tree.parts).map((part) => testOf(store, part, leaves));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = testOf(store, tree.part, leaves);
      return (row) => !test(row);
    }
    case 'state': {
      const states = statesLike(store, tree.patterns);
      return (row) => states[store.columns.state[row] ?? 0] === 1;
    }
    case 'label':
      return labelRows(store, tree.column, tree.patterns);
    case 'id':
      return idRows(store, tree.pattern);
    case 'number':
      return numberRows(store, tree.column, tree.span);
    case 'time':
      return timeRows(store, tree.column, tree.span);
    case 'word':
      return leafTest(new TextLeaf(store, tree.text, null), leaves);
    case 'text': {
      const fields = tree.columns.map((column) => fieldOf[column]);
      const tests = tree.texts.map((text) =>
        text === '*' ? new FieldIsThere(store, fields).matches : leafTest(new TextLeaf(store, text, fields), leaves),
      );
      return (row) => tests.some((test) => test(row));
    }
    default:
      return tree satisfies never;
  }
};

const fieldOf: Readonly<Record<TextColumn, number>> = {
  args: argsField,
  kwargs: kwargsField,
  result: resultField,
  exception: exceptionField,
};

const leafTest = (leaf: TextLeaf, leaves: TextLeaf[]): RowTest => {
  leaves.push(leaf);
  return (row) => leaf.matches(row);
};

/** Texts are looked at where nothing else has decided. */
const cheapFirst = (parts: readonly QueryTree[]): readonly QueryTree[] =>
  parts.toSorted((a, b) => costOf(a) - costOf(b));

const costOf = (tree: QueryTree): number => {
  switch (tree.kind) {
    case 'all':
    case 'any':
      return Math.max(0, ...tree.parts.map(costOf));
    case 'not':
      return costOf(tree.part);
    case 'word':
    case 'text':
      return 2;
    case 'id':
      return 1;
    default:
      return 0;
  }
};

const statesLike = (store: TaskStore, patterns: readonly string[]): Uint8Array => {
  const isLike = namePatterns(patterns, { ignoresCase: true });
  return Uint8Array.from({ length: stateLimit }, (_, code) => (isLike(store.states.nameOf(code)) ? 1 : 0));
};

/** No state that can match is missing; some that cannot may be in it. */
const statesOf = (store: TaskStore, tree: QueryTree): Uint8Array => {
  const all = new Uint8Array(stateLimit).fill(1);
  switch (tree.kind) {
    case 'state':
      return statesLike(store, tree.patterns);
    case 'all':
      return tree.parts
        .map((part) => statesOf(store, part))
        .reduce((a, b) => a.map((bit, at) => bit & (b[at] ?? 0)), all);
    case 'any':
      return tree.parts
        .map((part) => statesOf(store, part))
        .reduce((a, b) => a.map((bit, at) => bit | (b[at] ?? 0)), new Uint8Array(stateLimit));
    case 'not':
      return tree.part.kind === 'state' ? statesOf(store, tree.part).map((bit) => 1 - bit) : all;
    default:
      return all;
  }
};

const labelRows = (store: TaskStore, column: LabelColumn, patterns: readonly string[]): RowTest => {
  const isLike = labelTest(column, patterns);
  const allowed = new Uint8Array(store.interner.limit);
  for (const [text, id] of store.interner.entries()) if (id !== 0 && isLike(text)) allowed[id] = 1;
  return (row) => allowed[store.columns[column][row] ?? 0] === 1;
};

const idRows = (store: TaskStore, pattern: string): RowTest => {
  const wanted = pattern.toLowerCase();
  const isLike = pattern.includes('*') ? namePatterns([wanted]) : (id: string): boolean => id.startsWith(wanted);
  const head = /^[0-9a-f]{0,8}/.exec(wanted)?.[0] ?? '';
  const mask = head === '' ? 0 : -1 << (32 - 4 * head.length);
  const bits = head === '' ? 0 : Number.parseInt(head.padEnd(8, '0'), 16) | 0;
  return (row) => {
    const isText = ((store.columns.flags[row] ?? 0) & flagIdIsText) !== 0;
    // The first word decides for nearly all, without a text for each row.
    if (!isText && (store.ids.word(row, 0) & mask) !== bits) return false;
    return isLike(store.idOf(row).toLowerCase());
  };
};

const numberRows = (store: TaskStore, column: NumberColumn, span: Span): RowTest => {
  const { columns } = store;
  switch (column) {
    case 'runtime':
      return (row) => spanHas(span, columns.runtime[row] ?? Number.NaN);
    case 'wait':
      return (row) => spanHas(span, waitSecondsOf(store, row));
    case 'retries':
      return (row) => {
        const retries = columns.retries[row] ?? -1;
        return retries >= 0 && spanHas(span, retries);
      };
    default:
      return column satisfies never;
  }
};

const timeRows = (store: TaskStore, column: TaskTimeColumn, span: Span): RowTest => {
  const msOf = millisecondsOf(store, column);
  return (row) => spanHas(span, msOf(row));
};
