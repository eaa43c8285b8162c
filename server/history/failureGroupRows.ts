import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FailureGroup } from '../api/failures.ts';
import { isRecord } from '../celery/isRecord.ts';
import { parseJson } from '../celery/parseJson.ts';

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
    return this.readRows.all(mostGroups).flatMap((row) => {
      const group = parseJson(String(row['body']));
      // One that was damaged is missing; the others are read.
      if (!isGroup(group)) return [];
      const { first_seen_at: first, last_seen_at: last, count } = row;
      return { ...group, firstSeenAt: Number(first), lastSeenAt: Number(last), count: Number(count) };
    });
  }
}

const isGroup = (value: unknown): value is FailureGroup => isRecord(value) && typeof value['id'] === 'string';
