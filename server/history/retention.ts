import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pragma } from './historyFormat.ts';
import { wholeKind } from './minuteRows.ts';
import { inTransaction } from './sqlite.ts';

const dayMs = 24 * 3600 * 1000;
const sliceRows = 500;

/** How much is kept; what is beyond is deleted, the longest untouched first. */
export interface Retention {
  readonly maxAgeMs: number;
  readonly maxTasks: number;
  readonly maxBytes: number;
  readonly maxRollups: number;
  /** Of the alerts, the audit and the groups of failures. */
  readonly journalMaxAgeMs: number;
}

export const usualRetention: Retention = {
  maxAgeMs: 7 * dayMs,
  maxTasks: 1_000_000,
  maxBytes: 2 ** 30,
  maxRollups: 2_000_000,
  journalMaxAgeMs: 90 * dayMs,
};

/** Deletes what is too old or too much in slices so small that whoever waits to write does not notice. */
export class RetentionSlices {
  private readonly database: DatabaseSync;
  private readonly retention: Retention;
  private readonly count: StatementSync;
  private readonly countRollups: StatementSync;
  private readonly rollupAt: StatementSync;
  private readonly deletions: readonly {
    readonly statement: StatementSync;
    readonly cutoff: (now: number) => number;
  }[];
  private readonly deleteTasks: StatementSync;
  private readonly deleteMinutes: StatementSync;
  private rollupsFrom = 0;
  private readonly textSweeps: readonly StatementSync[];

  constructor(database: DatabaseSync, retention: Retention) {
    this.database = database;
    this.retention = retention;
    this.count = database.prepare('SELECT count(*) AS count FROM task');
    this.countRollups = database.prepare('SELECT count(*) AS count FROM rollup');
    this.rollupAt = database.prepare('SELECT at FROM rollup ORDER BY at LIMIT 1 OFFSET ?');
    this.deleteTasks = database.prepare(
      'DELETE FROM task WHERE row IN (SELECT row FROM task WHERE updated_at < ? ORDER BY updated_at LIMIT ?)',
    );
    const { maxAgeMs, journalMaxAgeMs } = retention;
    const deletion = (table: string, key: string, time: string, cutoff: (now: number) => number, which = 'true') => ({
      statement: database.prepare(
        `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${time} < ? AND ${which} ORDER BY ${time} LIMIT ${sliceRows})`,
      ),
      cutoff,
    });
    this.deletions = [
      deletion('failure', 'at, id', 'at', (now) => now - maxAgeMs),
      deletion('rollup', 'at, kind, label, writer', 'at', (now) => now - maxAgeMs),
      // However many task types and workers there are, the whole is one a minute.
      deletion('rollup', 'at, kind, label, writer', 'at', () => this.rollupsFrom, `kind <> ${wholeKind}`),
      deletion('queue_minute', 'at, label', 'at', (now) => now - maxAgeMs),
      deletion('alert', 'id', 'raised_at', (now) => now - journalMaxAgeMs),
      deletion('audit', 'row', 'at', (now) => now - journalMaxAgeMs),
      deletion('failure_group', 'id', 'last_seen_at', (now) => now - journalMaxAgeMs),
      deletion('alert_mute', 'id', 'until', (now) => now),
    ];
    this.deleteMinutes = database.prepare('DELETE FROM minute WHERE at < ?');
    this.textSweeps = ['label', 'text'].map((table) =>
      database.prepare(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE used_on < ? LIMIT ${sliceRows})`,
      ),
    );
  }

  countTasks(): number {
    return Number(this.count.get()?.['count'] ?? 0);
  }

  /**
   * One slice of what there is to delete; false when there was nothing. `held` is how many tasks there are, `shrunk` is told
   * of those that go.
   */
  slice(held: number, now: number, shrunk: (tasks: number) => void): boolean {
    const tasks = inTransaction(this.database, () => this.sliceOfTasks(held, now));
    if (tasks > 0) shrunk(tasks);
    const others = inTransaction(this.database, () =>
      this.deletions.reduce((sum, { statement, cutoff }) => sum + Number(statement.run(cutoff(now)).changes), 0),
    );
    return tasks + others > 0;
  }

  /** The rest, which is worth a look now and then only. */
  sweep(now: number): void {
    const before = now - this.retention.maxAgeMs;
    inTransaction(this.database, () => {
      // A minute goes after its roll-ups, which say through it who had heard what.
      this.deleteMinutes.run(Math.min(before, Number(this.rollupAt.get(0)?.['at'] ?? before)));
    });
    const tooMany = Number(this.countRollups.get()?.['count'] ?? 0) - this.retention.maxRollups;
    if (tooMany > 0) this.rollupsFrom = Number(this.rollupAt.get(tooMany)?.['at'] ?? 0);
    // Twice the age: a task that was added to later still has the texts of its first account.
    const unusedSince = Math.floor((before - this.retention.maxAgeMs) / dayMs) - 1;
    inTransaction(this.database, () => {
      for (const statement of this.textSweeps) statement.run(unusedSince);
    });
  }

  private sliceOfTasks(held: number, now: number): number {
    const { maxAgeMs, maxTasks, maxBytes } = this.retention;
    const old = Number(this.deleteTasks.run(now - maxAgeMs, sliceRows).changes);
    if (old > 0) return old;
    const tooMany = Math.max(held - maxTasks, this.bytesHeld() > maxBytes ? sliceRows : 0);
    if (tooMany <= 0) return 0;
    return Number(this.deleteTasks.run(Number.MAX_SAFE_INTEGER, Math.min(tooMany, sliceRows)).changes);
  }

  private bytesHeld(): number {
    const pages = pragma(this.database, 'page_count') - pragma(this.database, 'freelist_count');
    return pages * pragma(this.database, 'page_size');
  }
}
