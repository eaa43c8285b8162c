import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { QueueStep } from '../state/figures/queueSeries.ts';
import type { TextBook } from './textBook.ts';

const byMinuteMs = 12 * 3_600_000;
const allMs = 7 * 24 * 3_600_000;
const fine = 60;
const coarse = 900;

/** How full the queues were, by the minute. Whoever saw more in a minute saw right: a queue that is read seldom hides its peaks. */
export class QueueRows {
  private readonly labels: TextBook;
  private readonly save: StatementSync;
  private readonly highest: StatementSync;

  constructor(database: DatabaseSync, labels: TextBook) {
    this.labels = labels;
    this.save = database.prepare(
      `INSERT INTO queue_minute VALUES (?, ?, ?)
       ON CONFLICT (at, label) DO UPDATE SET ready = max(ready, excluded.ready)`,
    );
    this.highest = database.prepare(
      `SELECT step, value AS name, ready FROM (
         SELECT at - at % ? AS step, label, max(ready) AS ready FROM queue_minute WHERE at >= ? AND at < ? GROUP BY step, label
       ) JOIN label ON label.id = label ORDER BY step`,
    );
  }

  /** Within a transaction. */
  write(queues: readonly QueueStep[], now: number): void {
    for (const { name, at, ready } of queues) this.save.run(at, this.labels.idOf(name, now), ready);
  }

  read(now: number): readonly QueueStep[] {
    const lately = now - byMinuteMs;
    return [...this.steps(coarse, now - allMs, lately), ...this.steps(fine, lately, now)];
  }

  private steps(stepSeconds: number, from: number, to: number): readonly QueueStep[] {
    return this.highest.all(stepSeconds * 1_000, from, to).map(({ step, name, ready }) => ({
      name: String(name),
      at: Number(step),
      stepSeconds,
      ready: Number(ready),
    }));
  }
}
