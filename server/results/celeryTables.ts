import type { ResultValue, TaskResult } from '../api/results.ts';
import { decodeBareGroup, type GroupMembers } from '../celery/groupMessage.ts';
import { pickled } from '../celery/resultFormat.ts';
import { missingResult, toResultValue, toRunningOn } from '../celery/resultMessage.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { dateIn, type Row, readRow, readStored, type Stored, textIn, toBytes } from './sqliteRow.ts';
import type { ResultTables } from './sqliteTables.ts';

const columns = [
  'status',
  'result',
  'traceback',
  'date_done',
  'children',
  'name',
  'args',
  'kwargs',
  'worker',
  'retries',
  'queue',
];

/** A task in Celery's own tables (celery/backends/database/models.py). */
export const readCeleryTask = (database: ReadOnlyDatabase, { tasks }: ResultTables, id: string): TaskResult => {
  const row = readRow(database, tasks, 'task_id', id, columns);
  return row ? taskOf(id, row) : missingResult(id);
};

const taskOf = (id: string, row: Row): TaskResult => {
  const status = textIn(row['status']) ?? 'PENDING';
  const result = readStored(row['result']);
  const notes: string[] = [];
  const side = (what: string, stored: Stored): unknown => {
    if ('value' in stored) return stored.value;
    notes.push(`${what}: ${stored.sentence}`);
    return null;
  };
  return {
    ...missingResult(id),
    status,
    found: true,
    result: shownValue(status, result),
    traceback: textIn(row['traceback']),
    dateDone: dateIn(row['date_done']),
    children: side('Children', readStored(row['children'])),
    name: textIn(row['name']),
    args: side('Arguments', readStored(row['args'])),
    kwargs: side('Keyword arguments', readStored(row['kwargs'])),
    worker: textIn(row['worker']),
    retries: typeof row['retries'] === 'number' ? row['retries'] : null,
    queue: textIn(row['queue']),
    runningOn: 'value' in result ? toRunningOn(status, result.value) : null,
    notes,
  };
};

const shownValue = (status: string, stored: Stored): ResultValue =>
  'value' in stored
    ? toResultValue(status, stored.value, stored.exactText)
    : { kind: 'opaque', sentence: inTheseTables(stored.sentence) };

/** Before 5.7 `result_serializer` had no say in these tables, so that advice would be wrong. */
const inTheseTables = (sentence: string): string =>
  sentence === pickled
    ? 'It is pickled, as all values that Celery before 5.7 puts into its own tables, and Celeriac never unpickles: that would run arbitrary code from the message.'
    : sentence;

/** `null` when no group of that id was saved. */
export const readCeleryGroup = (
  database: ReadOnlyDatabase,
  { groups }: ResultTables,
  id: string,
): GroupMembers | null => {
  const row = groups && readRow(database, groups, 'taskset_id', id, ['result']);
  if (!row) return null;
  const bytes = toBytes(row['result']);
  if (!Buffer.isBuffer(bytes)) return { sentence: bytes ?? 'The group was stored without its tasks.' };
  const members = decodeBareGroup(bytes);
  return 'sentence' in members ? { sentence: members.sentence.replace(pickled, inTheseTables(pickled)) } : members;
};

export const noCeleryChords =
  'Celery keeps no progress of a chord in its tables: its task celery.chord_unlock polls the tasks of the header. Query those tasks by their ids.';
