import { evictionClassOf } from '../names/taskStates.ts';
import { BlockFields, storeBlock, textOfField } from '../texts/taskTexts.ts';
import { fieldLimit, idField, textKind, tracebackField } from '../texts/textWriter.ts';
import type { TaskStore } from './taskStore.ts';

/** Fields of at most so many bytes stay as they are. */
const longestKept = 2_048;
/** Of a traceback the end tells the most: where it was raised, and what. */
const keptAtStart = 700;
const keptAtEnd = 1_200;

/**
 * Cuts the middle out of long texts of tasks until they hold no more than `targetBytes`; the tasks stay, and so do their
 * short texts. What is worth least goes first, as whole tasks do: of those that succeeded the oldest, of those that failed
 * the oldest. Returns how many tasks were shortened.
 */
export const shortenTexts = (store: TaskStore, targetBytes: number): number => {
  let shortened = 0;
  for (const row of byWorth(store, rowsWithLongTexts(store))) {
    if (store.longBytes <= targetBytes) break;
    shorten(store, row);
    shortened++;
  }
  return shortened;
};

const rowsWithLongTexts = ({ arena, columns, interner, rowLimit, isHeld }: TaskStore): readonly number[] => {
  const rows = new Set(arena.rowsOfLargeBlocks());
  for (let row = 0; row < rowLimit; row++) if (interner.isOwnLong(columns.tracebackHead[row] ?? 0)) rows.add(row);
  return [...rows].filter((row) => isHeld(row));
};

const byWorth = ({ columns, states }: TaskStore, rows: readonly number[]): readonly number[] => {
  const worth = (row: number): number => {
    const state = columns.state[row] ?? 0;
    return evictionClassOf(state, states.nameOf(state));
  };
  const ordered = rows.map((row) => ({ row, worth: worth(row), at: columns.touched[row] ?? 0 }));
  return ordered.sort((a, b) => a.worth - b.worth || a.at - b.at).map(({ row }) => row);
};

const shorten = (store: TaskStore, row: number): void => {
  const { columns, interner } = store;
  const head = interner.isOwnLong(columns.tracebackHead[row] ?? 0) ? (columns.tracebackHead[row] ?? 0) : 0;
  columns.input[row] = rewrite(store, row, columns.input[row] ?? 0, '');
  columns.outcome[row] = rewrite(store, row, columns.outcome[row] ?? 0, interner.textOf(head));
  if (head === 0) return;
  columns.tracebackHead[row] = 0;
  interner.release(head);
};

/** `head` is what belongs before the traceback in the block; it goes into the block. */
const rewrite = (store: TaskStore, row: number, handle: number, head: string): number => {
  if (handle === 0) return 0;
  const { arena, writer } = store;
  const { bytes } = arena.pageOf(handle);
  const fields = new BlockFields();
  fields.read(bytes, arena.offsetOf(handle));
  writer.begin();
  for (let field = 1; field < fieldLimit; field++) {
    if (fields.kinds[field] === 0) continue;
    const size = (fields.ends[field] ?? 0) - (fields.contents[field] ?? 0);
    const before = field === tracebackField ? head : '';
    if (before === '' && (size <= longestKept || field === idField))
      writer.copy(bytes, fields.starts[field] ?? 0, fields.ends[field] ?? 0);
    else writer.text(field, textKind, middleOut(before + (textOfField(bytes, fields, field, () => '') ?? '')));
  }
  writer.end();
  return storeBlock(arena, writer, handle, row);
};

/** In bytes, because that is what is short. */
const middleOut = (text: string): string => {
  const bytes = Buffer.from(text);
  if (bytes.length <= longestKept) return text;
  const start = bytes.toString('utf8', 0, keptAtStart).replace(/\uFFFD{1,3}$/, '');
  const end = bytes.toString('utf8', bytes.length - keptAtEnd).replace(/^\uFFFD{1,3}/, '');
  const left = Math.round((bytes.length - keptAtStart - keptAtEnd) / 1024);
  return `${start}\n… (${left} KB removed to stay within the memory limit) …\n${end}`;
};
