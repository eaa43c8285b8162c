import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FailureGroup } from '../api/failures.ts';

const mostGroups = 2_000;

/** The groups of failures. Two windows hear the same failures, so the larger count is the right one. */
export class FailureGroupRows {
  private readonly saveRow: StatementSync;
  private readonly readRows: StatementSync;

  constructor(database: DatabaseSync) {
    this.saveRow = database.prepare(
      `INSERT INTO failure_group VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
       SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
           last_seen_at = max(last_seen_at, excluded.last_seen_at),
           count = max(count, excluded.count), body = excluded.body`,
    );
    this.readRows = database.prepare('SELECT * FROM failure_group ORDER BY last_seen_at DESC LIMIT ?');
  }

  /** Within a transaction. */
  save(groups: readonly FailureGroup[]): void {
    for (const group of groups)
      this.saveRow.run(group.id, group.firstSeenAt, group.lastSeenAt, group.count, JSON.stringify(group));
  }

  read(): readonly FailureGroup[] {
    return this.readRows.all(mostGroups).map((row) => ({
      ...(JSON.parse(String(row['body'])) as FailureGroup),
      firstSeenAt: Number(row['first_seen_at']),
      lastSeenAt: Number(row['last_seen_at']),
      count: Number(row['count']),
    }));
  }
}
