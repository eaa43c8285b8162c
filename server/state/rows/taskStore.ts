import type { TaskTally } from '../figures/taskTally.ts';
import type { Interner } from '../names/interner.ts';
import { formatUuid, hashText, type IdWords, parseUuid } from '../names/taskId.ts';
import { noState, pending, type TaskStates } from '../names/taskStates.ts';
import { type ShowText, showAll } from '../texts/shownTexts.ts';
import { storeBlock, TaskTexts } from '../texts/taskTexts.ts';
import { TextArena } from '../texts/textArena.ts';
import { idField, TextWriter, textKind } from '../texts/textWriter.ts';
import type { EndedTasks } from './endedTasks.ts';
import { IdTable } from './idTable.ts';
import { shortenTexts } from './shortenTexts.ts';
import { StateLists } from './stateLists.ts';
import { flagIdIsText, TaskColumns } from './taskColumns.ts';

const firstCapacity = 1024;

/** What the tasks' texts may hold, in bytes. */
export interface TextLimits {
  readonly taskTexts: number;
  /** Of those the long ones: beyond it they are shortened, and no task is forgotten for them. */
  readonly longTexts: number;
}

const noLimits: TextLimits = { taskTexts: Number.POSITIVE_INFINITY, longTexts: Number.POSITIVE_INFINITY };
/** So much of the limit is left when texts have been shortened, so that it need not be done again at once. */
const leftOfLimit = 0.75;

/** The tasks held: their rows from birth to eviction. Knows no events; `TaskMerger` does. */
export class TaskStore {
  readonly columns: TaskColumns;
  readonly lists: StateLists;
  readonly ids: IdTable;
  readonly arena = new TextArena();
  readonly texts = new TaskTexts(this.arena);
  readonly writer = new TextWriter();
  readonly interner: Interner;
  readonly states: TaskStates;
  /** What searches and orders go by. */
  readonly show: ShowText;
  private readonly tally: TaskTally;
  private readonly maxTasks: number;
  /** The id last looked for. */
  private readonly words: IdWords = new Int32Array(4);
  private isUuid = false;
  private firstFree = -1;
  /** Rows from here on were never used. */
  rowLimit = 0;
  evicted = 0;
  /** Of the tasks that anything has happened to after it, none has been forgotten. */
  evictedUntil = 0;
  /** Where the tasks that end are noted, if somebody keeps them. */
  ended: EndedTasks | null = null;
  /** Whether the event that came last told again that a run had failed. */
  isRepeat = false;
  private touches = 0;
  /** Tasks forgotten because their texts had reached the limit; they count in `evicted` too. */
  evictedForTexts = 0;
  /** Tasks whose long texts were shortened. */
  shortened = 0;
  private readonly limits: TextLimits;
  private shortenAbove: number;

  constructor(
    maxTasks: number,
    interner: Interner,
    states: TaskStates,
    tally: TaskTally,
    limits: TextLimits = noLimits,
    show: ShowText = showAll,
  ) {
    this.show = show;
    this.limits = limits;
    this.shortenAbove = limits.longTexts;
    this.maxTasks = Math.max(1, maxTasks);
    const capacity = Math.min(firstCapacity, this.maxTasks);
    this.columns = new TaskColumns(capacity);
    this.ids = new IdTable(capacity);
    this.lists = new StateLists(this.columns);
    this.interner = interner;
    this.states = states;
    this.tally = tally;
  }

  get held(): number {
    return this.ids.size;
  }

  readonly isHeld = (row: number): boolean => this.columns.state[row] !== noState;

  get longBytes(): number {
    return this.arena.largeBytes + this.interner.longBytes;
  }

  /** Before an event is taken in: those before it may have brought much. */
  makeRoom(): void {
    const { arena, limits } = this;
    if (arena.largeBytes + this.interner.longBytes > this.shortenAbove) this.shorten();
    while (arena.bytesUsed > limits.taskTexts && this.held > 1) {
      this.evictOne();
      this.evictedForTexts++;
    }
  }

  /** Where that did not bring enough, as when long names are held by others, it is not tried again with each event. */
  private shorten(): void {
    const { longTexts } = this.limits;
    this.shortened += shortenTexts(this, longTexts * leftOfLimit);
    this.shortenAbove = Math.max(longTexts, this.longBytes / leftOfLimit);
  }

  /** The row of a task, or -1. */
  find(id: string): number {
    this.isUuid = parseUuid(id, this.words);
    if (!this.isUuid) hashText(id, this.words);
    return this.ids.find(this.words);
  }

  /** A new row for an id that `find` has just not found, in state PENDING and not yet in a list. */
  create(id: string, receivedAt: number): number {
    if (this.held >= this.maxTasks) this.evictOne();
    const row = this.takeRow();
    this.ids.add(this.words, row);
    this.columns.reset(row, receivedAt);
    this.columns.state[row] = pending;
    if (!this.isUuid) this.keepIdText(row, id);
    return row;
  }

  /** Puts the row at the new end of the list of its state, after `remove` or `create`. */
  enlist(row: number, receivedAt: number): void {
    const { columns } = this;
    const state = columns.state[row] ?? pending;
    columns.touched[row] = ++this.touches;
    columns.updatedAt[row] = receivedAt;
    this.lists.add(row, state, this.states.nameOf(state));
  }

  idOf(row: number): string {
    if (((this.columns.flags[row] ?? 0) & flagIdIsText) !== 0) {
      return this.texts.textOf(this.columns.input[row] ?? 0, idField, () => '') ?? '';
    }
    const { ids } = this;
    return formatUuid(ids.word(row, 0), ids.word(row, 1), ids.word(row, 2), ids.word(row, 3));
  }

  private keepIdText(row: number, id: string): void {
    this.columns.flags[row] = flagIdIsText;
    this.writer.begin();
    this.writer.text(idField, textKind, id);
    this.writer.end();
    this.columns.input[row] = storeBlock(this.arena, this.writer, 0, row);
  }

  private evictOne(): void {
    const row = this.lists.firstToForget();
    if (row < 0) return;
    this.evicted++;
    this.ended?.leaving(row);
    const { columns, interner } = this;
    this.evictedUntil = Math.max(this.evictedUntil, columns.updatedAt[row] ?? 0);
    const state = columns.state[row] ?? 0;
    const name = columns.name[row] ?? 0;
    const worker = columns.worker[row] ?? 0;
    const queue = columns.queue[row] ?? 0;
    this.tally.hold(name, queue, worker, state, -1, 0);
    this.lists.remove(row, state);
    this.ids.delete(row);
    for (const labels of columns.labels) {
      const label = labels[row] ?? 0;
      if (label !== 0) interner.release(label);
    }
    for (const blocks of columns.blocks) this.freeBlock(blocks[row] ?? 0);
    columns.state[row] = noState;
    columns.older[row] = this.firstFree;
    this.firstFree = row;
  }

  private freeBlock(handle: number): void {
    if (handle !== 0) this.arena.free(handle);
  }

  private takeRow(): number {
    const { columns } = this;
    const row = this.firstFree;
    if (row >= 0) {
      this.firstFree = columns.older[row] ?? -1;
      return row;
    }
    if (this.rowLimit === columns.capacity) {
      const capacity = Math.min(this.maxTasks, columns.capacity * 2);
      columns.grow(capacity);
      this.ids.growRows(capacity);
    }
    return this.rowLimit++;
  }
}
