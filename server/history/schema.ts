import type { DatabaseSync } from 'node:sqlite';
import { countMetrics, levelMetrics } from '../state/figures/seriesLevel.ts';
import { applicationId, versionOf } from './historyFormat.ts';
import { inTransaction } from './sqlite.ts';

/**
 * Each leads from the version of its place to the next; a released one is never changed. `label` holds short names that
 * many rows share, `text` long ones. Ids are the 16 bytes of a UUID, or the text of any other.
 *
 * `task_by_update` holds all that lists are filtered and mostly sorted by: rows come in the order of their times, so that it
 * costs little to keep, and a question that must look at every task reads it instead of the table.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE label (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, used_on INTEGER NOT NULL, value TEXT NOT NULL);
  CREATE INDEX label_by_hash ON label (hash);
  CREATE TABLE text (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, used_on INTEGER NOT NULL, value TEXT NOT NULL);
  CREATE INDEX text_by_hash ON text (hash);

  CREATE TABLE task (
    row INTEGER PRIMARY KEY,
    id NOT NULL,
    state INTEGER NOT NULL,
    name INTEGER, worker INTEGER, client INTEGER, queue INTEGER, exchange INTEGER, routing_key INTEGER,
    updated_at REAL NOT NULL, finished_at REAL, runtime REAL, wait REAL,
    first_seen_at REAL NOT NULL, event_at REAL NOT NULL,
    sent_at REAL, received_at REAL, started_at REAL,
    succeeded_at REAL, failed_at REAL, retried_at REAL, revoked_at REAL, rejected_at REAL,
    retries INTEGER, flags INTEGER, signal INTEGER,
    args TEXT, kwargs TEXT, result TEXT, eta TEXT, expires TEXT,
    exception INTEGER, trace_head INTEGER, trace_tail TEXT,
    root, parent
  );
  CREATE UNIQUE INDEX task_by_id ON task (id);
  CREATE INDEX task_by_update ON task (updated_at, state, name, worker, queue, finished_at, runtime, wait);
  CREATE INDEX task_by_parent ON task (parent) WHERE parent IS NOT NULL;

  CREATE TABLE failure (
    at REAL NOT NULL, id NOT NULL, retried INTEGER NOT NULL,
    name INTEGER, worker INTEGER, queue INTEGER, kind INTEGER,
    exception INTEGER, trace_head INTEGER, trace_tail TEXT,
    PRIMARY KEY (at, id)
  ) WITHOUT ROWID;

  CREATE TABLE minute (
    at INTEGER NOT NULL, writer INTEGER NOT NULL, heard_from REAL NOT NULL, heard_to REAL NOT NULL,
    ${[...countMetrics, ...levelMetrics].map((metric) => `${metric} REAL`).join(', ')},
    PRIMARY KEY (at, writer)
  ) WITHOUT ROWID;
  CREATE TABLE rollup (
    at INTEGER NOT NULL, kind INTEGER NOT NULL, label INTEGER NOT NULL, writer INTEGER NOT NULL,
    ${countMetrics
      .slice(0, -1)
      .map((metric) => `${metric} INTEGER NOT NULL`)
      .join(', ')},
    runtimes BLOB, waits BLOB,
    PRIMARY KEY (at, kind, label, writer)
  ) WITHOUT ROWID;

  CREATE TABLE alert (
    id TEXT PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, severity TEXT NOT NULL,
    raised_at REAL NOT NULL, resolved_at REAL, sentence TEXT NOT NULL
  );
  CREATE INDEX alert_by_time ON alert (raised_at);
  CREATE TABLE audit (
    row INTEGER PRIMARY KEY, at REAL NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
    parameters TEXT NOT NULL, outcome TEXT NOT NULL, sentence TEXT
  );
  CREATE INDEX audit_by_time ON audit (at);
  `,
  `
  CREATE TABLE failure_group (
    id TEXT PRIMARY KEY, first_seen_at REAL NOT NULL, last_seen_at REAL NOT NULL, count INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX failure_group_by_time ON failure_group (last_seen_at);
  CREATE TABLE alert_mute (id TEXT PRIMARY KEY, until REAL NOT NULL);
  `,
  `
  CREATE TABLE queue_minute (
    at INTEGER NOT NULL, label INTEGER NOT NULL, ready REAL NOT NULL,
    PRIMARY KEY (at, label)
  ) WITHOUT ROWID;
  `,
  'ALTER TABLE alert ADD COLUMN phrase TEXT;',
];

/** Brings the file to this version's schema. Two windows may do so at once: the second finds it done. */
export const migrate = (database: DatabaseSync, steps: readonly string[] = migrations): void => {
  if (versionOf(database) >= steps.length) return;
  inTransaction(database, () => {
    for (let version = versionOf(database); version < steps.length; version++) database.exec(steps[version] ?? '');
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
  });
};
