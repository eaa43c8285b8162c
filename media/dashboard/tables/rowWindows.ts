import type { TaskSummary, TaskWindow } from '../../../server/api/tasks.ts';
import { heldRows } from '../../page/heldRows.ts';

export type ReadWindow = (part: {
  readonly offset: number;
  readonly limit: number;
  readonly order: number | null;
}) => Promise<TaskWindow>;

const chunkRows = 100;
const chunksKept = 30;
export const mostWaiting = chunkRows;

/**
 * The rows of a long list that is looked at. At its beginning they are as they are now, unless they are held: then each row
 * keeps its place, and what is new waits. Further down the list stands still, in an order that the engine keeps. One question
 * at a time is under way, so that fast scrolling skips what is between.
 */
export class RowWindows {
  private readonly read: ReadWindow;
  private readonly changed: (error: unknown) => void;
  private readonly chunks = new Map<number, readonly (TaskSummary | null)[]>();
  private order: number | null = null;
  private wanted = { first: 0, end: chunkRows };
  private isReading = false;
  private isStale = true;
  private isHeld = false;
  /** Rows have come, gone or changed places since they are held. */
  private isBehind = false;
  private generation = 0;
  /** How many rows are shown, and how many match by now. */
  total = 0;
  matching = 0;
  held = 0;
  /** How many rows of the beginning wait to be shown; at most `mostWaiting`. */
  waiting = 0;

  constructor(read: ReadWindow, changed: (error: unknown) => void) {
    this.read = read;
    this.changed = changed;
  }

  /** Whether the list stands still, because it is looked at further down. */
  get isStill(): boolean {
    return this.order !== null;
  }

  /** Undefined: not there yet. Null: forgotten meanwhile. */
  rowAt(index: number): TaskSummary | null | undefined {
    return this.chunks.get(Math.floor(index / chunkRows))?.[index % chunkRows];
  }

  show(first: number, end: number): void {
    this.wanted = { first, end };
    void this.readOn();
  }

  /** Held rows keep their places: nothing moves under the pointer. What waits is shown when they are let go. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    if (!isHeld && this.isBehind) this.refresh();
  }

  /** Shows what waits, though the rows are held. */
  showWaiting(): void {
    this.chunks.delete(0);
    this.refresh();
  }

  /** The list has changed: reads its beginning anew. One that stands still goes on standing still. */
  refresh(): void {
    if (this.isStill) return;
    this.isStale = true;
    void this.readOn();
  }

  /** Leaves the order that stands still; the beginning is shown as it is now. */
  goLive(): void {
    this.order = null;
    this.generation += 1;
    this.isStale = true;
    this.wanted = { first: 0, end: chunkRows };
    void this.readOn();
  }

  private async readOn(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      for (let chunk = this.missing(); chunk !== null; chunk = this.missing()) await this.readChunk(chunk);
    } catch (error) {
      this.changed(error);
    } finally {
      this.isReading = false;
    }
  }

  /** The next chunk to be read; null: all that is wanted is there. */
  private missing(): number | null {
    const from = Math.floor(this.wanted.first / chunkRows);
    const last = Math.floor((Math.max(this.wanted.end, this.wanted.first + 1) - 1) / chunkRows);
    if (this.isStale && !this.isStill && from === 0) return 0;
    for (let chunk = from; chunk <= last; chunk++)
      if (!this.chunks.has(chunk) && (chunk === 0 || chunk * chunkRows < this.total)) return chunk;
    return null;
  }

  private async readChunk(chunk: number): Promise<void> {
    const { generation } = this;
    if (chunk === 0) this.isStale = false;
    const offset = chunk * chunkRows;
    const window = await this.read({ offset, limit: chunkRows, order: this.order });
    if (generation !== this.generation) return;
    // The rows of another order would be missing or twice beside these.
    if (window.order !== this.order) this.chunks.clear();
    const shown = this.isHeld && chunk === 0 && !this.isStill ? this.chunks.get(0) : undefined;
    if (shown && shown.length > 0) return this.renew(shown, window);
    if (chunk === 0 && !this.isStill)
      for (const each of [...this.chunks.keys()]) if (each > 0) this.chunks.delete(each);
    this.order = window.order;
    this.total = window.total;
    this.matching = window.total;
    this.held = window.held;
    this.waiting = 0;
    this.isBehind = false;
    this.chunks.delete(chunk);
    this.chunks.set(chunk, window.rows);
    for (const oldest of this.chunks.keys()) if (this.chunks.size > chunksKept) this.chunks.delete(oldest);
    this.changed(null);
  }

  /** Held rows change where they stand. */
  private renew(shown: readonly (TaskSummary | null)[], window: TaskWindow): void {
    const { rows, waiting } = heldRows(
      shown.map((row) => row?.id ?? ''),
      window.rows.filter((row) => row !== null),
      ({ id }) => id,
    );
    this.chunks.set(
      0,
      rows.map((row, at) => row ?? shown[at] ?? null),
    );
    this.waiting = waiting;
    this.matching = window.total;
    this.held = window.held;
    this.isBehind = true;
    this.changed(null);
  }
}
