import type { CeleryEvent } from '../../celery/event.ts';
import { parseUuid } from '../names/taskId.ts';
import { BlockFields, storeBlock } from '../texts/taskTexts.ts';
import {
  argsField,
  etaField,
  exceptionField,
  expiresField,
  idField,
  kwargsField,
  parentIdField,
  resultField,
  rootIdField,
  textKind,
  tracebackField,
} from '../texts/textWriter.ts';
import { flagHasEta, flagParentIsSelf } from './taskColumns.ts';
import type { TaskStore } from './taskStore.ts';

/** A shorter start of a traceback is not worth sharing. */
const shortestHead = 64;

/** Merges the texts an event brings into a task's two blocks: what went in, and what came out. */
export class TextMerger {
  private readonly store: TaskStore;
  private readonly old = new BlockFields();
  private readonly words = new Int32Array(4);

  constructor(store: TaskStore) {
    this.store = store;
  }

  mergeInput(row: number, event: CeleryEvent, id: string): void {
    const { args, kwargs, eta, expires, root_id: root, parent_id: parent } = event;
    if (
      args === undefined &&
      kwargs === undefined &&
      eta === undefined &&
      expires === undefined &&
      root === undefined &&
      parent === undefined
    ) {
      return;
    }
    const { columns, writer, arena } = this.store;
    const handle = columns.input[row] ?? 0;
    this.begin(handle);
    this.write(argsField, args);
    this.write(kwargsField, kwargs);
    this.write(etaField, eta);
    this.write(expiresField, expires);
    this.writeId(rootIdField, root, id);
    // A task that is its own parent has been retried; its first parent is the true one and stays.
    const isOwnParent = parent === id;
    this.writeId(parentIdField, isOwnParent ? undefined : parent, id);
    this.write(idField, undefined);
    writer.end();
    columns.input[row] = storeBlock(arena, writer, handle, row);
    if (parent !== undefined) this.setFlag(row, flagParentIsSelf, isOwnParent);
    if (eta !== undefined) this.setFlag(row, flagHasEta, typeof eta === 'string');
  }

  mergeOutcome(row: number, event: CeleryEvent): void {
    const { result, exception, traceback } = event;
    if (result === undefined && exception === undefined && traceback === undefined) return;
    const { columns, writer, arena } = this.store;
    const handle = columns.outcome[row] ?? 0;
    this.begin(handle);
    this.write(resultField, result);
    this.write(exceptionField, exception);
    this.write(tracebackField, traceback === undefined ? undefined : this.shareHead(row, traceback));
    writer.end();
    columns.outcome[row] = storeBlock(arena, writer, handle, row);
  }

  private begin(handle: number): void {
    const { arena, writer } = this.store;
    if (handle !== 0) this.old.read(arena.pageOf(handle).bytes, arena.offsetOf(handle));
    this.from = handle;
    writer.begin();
  }

  private from = 0;

  /** Undefined keeps what was there, null removes it. */
  private write(field: number, value: unknown): void {
    if (value === undefined) this.keep(field);
    else if (value !== null) this.store.writer.value(field, value);
  }

  private writeId(field: number, value: unknown, ownId: string): void {
    const { writer } = this.store;
    if (typeof value !== 'string') this.write(field, value);
    else if (value === ownId) writer.ownId(field);
    else if (parseUuid(value, this.words)) writer.uuid(field, this.words);
    else writer.text(field, textKind, value);
  }

  private keep(field: number): void {
    if (this.from === 0 || this.old.kinds[field] === 0) return;
    const { arena, writer } = this.store;
    writer.copy(arena.pageOf(this.from).bytes, this.old.starts[field] ?? 0, this.old.ends[field] ?? 0);
  }

  /**
   * A traceback's frames are the same for every task that fails there; only its last line, the exception's own words,
   * differs. All but that line is interned. Returns what is left.
   */
  private shareHead(row: number, traceback: unknown): unknown {
    const { columns, interner } = this.store;
    const before = columns.tracebackHead[row] ?? 0;
    let head = 0;
    let rest = traceback;
    if (typeof traceback === 'string') {
      const cut = traceback.lastIndexOf('\n', traceback.length - 2) + 1;
      if (cut >= shortestHead && cut <= interner.longestText) {
        head = interner.acquire(traceback.slice(0, cut));
        rest = traceback.slice(cut);
      }
    }
    columns.tracebackHead[row] = head;
    interner.release(before);
    return rest;
  }

  private setFlag(row: number, flag: number, isSet: boolean): void {
    const { flags } = this.store.columns;
    const old = flags[row] ?? 0;
    flags[row] = isSet ? old | flag : old & ~flag;
  }
}
