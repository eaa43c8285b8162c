import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { messageOf } from '../api/errors.ts';
import { endStates } from '../api/history.ts';
import { type EndedBatch, type EndedTask, readEnded } from '../state/rows/endedBatch.ts';
import { exceptionKind } from './exceptionKind.ts';
import { isOfRow } from './sqlite.ts';
import { toStoredId } from './storedId.ts';
import { amendTaskSql, type SharedTexts, saveTaskSql, valuesOf } from './taskColumns.ts';
import type { TextBook } from './textBook.ts';

/** A task that could not be kept, and why. */
export interface OddTask {
  /** Null: it could not be read so far. */
  readonly id: string | null;
  readonly why: string;
}

/** Writes the tasks that ended, and their failures. */
export class TaskRows {
  private readonly save: StatementSync;
  private readonly amend: StatementSync;
  private readonly saveFailure: StatementSync;
  private readonly last: StatementSync;
  private readonly shared: SharedTexts;
  private now = 0;

  constructor(database: DatabaseSync, labels: TextBook, texts: TextBook) {
    this.save = database.prepare(saveTaskSql);
    this.amend = database.prepare(amendTaskSql);
    this.saveFailure = database.prepare('INSERT OR IGNORE INTO failure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.last = database.prepare('SELECT max(row) AS last FROM task');
    this.shared = {
      label: (text) => labels.idOf(text, this.now),
      text: (text) => texts.idOf(text, this.now),
    };
  }

  /**
   * Within a transaction; answers how many tasks there are more now, and which are missing. They go in by their ids, so
   * that neighbours in the index are written together. A task that cannot be read or written costs only itself.
   */
  write(batch: EndedBatch, now: number): { readonly more: number; readonly odd: readonly OddTask[] } {
    this.now = now;
    const before = this.lastRow();
    const odd: OddTask[] = [];
    const read = readEnded(batch, (_index, error) => odd.push({ id: null, why: reasonOf(error) }));
    for (const task of [...read].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))) {
      try {
        this.writeTask(task);
      } catch (error) {
        if (!isOfRow(error)) throw error;
        odd.push({ id: task.id, why: reasonOf(error) });
      }
    }
    return { more: this.lastRow() - before, odd };
  }

  private writeTask(task: EndedTask): void {
    const values = valuesOf(task, this.shared);
    // One that is tried again has not ended; but if it had before, that is no longer true.
    if (endStates.includes(task.state)) this.save.run(...values);
    else this.amend.run(...values, toStoredId(task.id));
    if (task.state === 'FAILURE') this.writeFailure(task, task.failedAt, 0);
    else if (task.state === 'RETRY') this.writeFailure(task, task.retriedAt, 1);
  }

  /** A new task's row has the next number, whatever was deleted. */
  private lastRow(): number {
    return Number(this.last.get()?.['last'] ?? 0);
  }

  private writeFailure(task: EndedTask, at: number | null, retried: 0 | 1): void {
    if (at === null) return;
    const { label, text } = this.shared;
    this.saveFailure.run(
      at,
      toStoredId(task.id),
      retried,
      label(task.name),
      label(task.worker),
      label(task.queue),
      label(exceptionKind(task.exception)),
      text(task.exception),
      text(task.tracebackHead),
      task.tracebackTail,
    );
  }
}

const reasonOf = (error: unknown): string => messageOf(error);
