import type { GroupResult, ResultValue, TaskResult } from '../api/results.ts';
import type { GroupMembers } from '../celery/groupMessage.ts';
import { parseJson } from '../celery/parseJson.ts';
import { explainContentType } from '../celery/resultFormat.ts';
import { asFields, missingResult, toResultValue, toRunningOn } from '../celery/resultMessage.ts';
import { isReadyState } from '../celery/resultStates.ts';
import { readTaskIds } from '../celery/resultTuple.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { groupOf } from './groupProgress.ts';
import { dateIn, type Row, readRow, readStoredJson, type Stored, textIn, toBytes } from './sqliteRow.ts';
import type { ResultTables } from './sqliteTables.ts';

const columns = [
  'status',
  'content_type',
  'result',
  'meta',
  'traceback',
  'date_done',
  'task_name',
  'task_args',
  'task_kwargs',
  'worker',
];

/** A task in the tables of django-celery-results (django_celery_results/models.py: TaskResult). */
export const readDjangoTask = (database: ReadOnlyDatabase, { tasks }: ResultTables, id: string): TaskResult => {
  const row = readRow(database, tasks, 'task_id', id, columns);
  return row ? taskOf(id, row) : missingResult(id);
};

const taskOf = (id: string, row: Row): TaskResult => {
  const status = textIn(row['status']) ?? 'PENDING';
  const contentType = textIn(row['content_type']) ?? 'application/json';
  const result = readCell(row['result'], contentType);
  return {
    ...missingResult(id),
    status,
    found: true,
    result: shownValue(status, result),
    traceback: textIn(row['traceback']),
    // Django sets it at every change; it means the end only once there was one.
    dateDone: isReadyState(status) ? dateIn(row['date_done']) : null,
    children: asFields(valueIn(readCell(row['meta'], contentType)))?.['children'] ?? null,
    name: textIn(row['task_name']),
    args: argumentsIn(row['task_args'], contentType),
    kwargs: argumentsIn(row['task_kwargs'], contentType),
    worker: textIn(row['worker']),
    runningOn: toRunningOn(status, valueIn(result)),
    notes: [],
  };
};

/** What the backend writes says of itself what it is (backends/database.py: decode_content). */
const readCell = (cell: unknown, contentType: string): Stored => {
  const bytes = toBytes(cell);
  if (bytes === null) return { value: null, exactText: null };
  if (typeof bytes === 'string') return { sentence: bytes };
  const sentence = explainContentType(contentType);
  return sentence === null ? readStoredJson(bytes.toString('utf8')) : { sentence };
};

const shownValue = (status: string, stored: Stored): ResultValue =>
  'value' in stored
    ? toResultValue(status, stored.value, stored.exactText)
    : { kind: 'opaque', sentence: stored.sentence };

const valueIn = (stored: Stored): unknown => ('value' in stored ? stored.value : null);

/** The repr of the arguments, as JSON text; older releases wrote the bare repr. */
const argumentsIn = (cell: unknown, contentType: string): unknown =>
  valueIn(readCell(cell, contentType)) ?? (contentType === 'application/json' ? textIn(cell) : null);

/** `null` when no group of that id was saved. */
export const readDjangoGroup = (
  database: ReadOnlyDatabase,
  { groups }: ResultTables,
  id: string,
): GroupMembers | null => {
  const row = groups && readRow(database, groups, 'group_id', id, ['content_type', 'result']);
  if (!row) return null;
  const stored = readCell(row['result'], textIn(row['content_type']) ?? 'application/json');
  if ('sentence' in stored) return { sentence: `The stored group cannot be read. ${stored.sentence}` };
  const taskIds = readTaskIds(stored.value);
  return taskIds ? { taskIds } : { sentence: 'The stored group does not have the format of Celery.' };
};

/** A counter that starts at the size of the header and falls with every task that has ended (models.py: ChordCounter). */
export const readDjangoChord = (
  database: ReadOnlyDatabase,
  { chords }: ResultTables,
  id: string,
): GroupResult | null => {
  const row = chords && readRow(database, chords, 'group_id', id, ['sub_tasks', 'count']);
  if (!row) return null;
  const tuples = parseJson(textIn(row['sub_tasks']) ?? '');
  const taskIds = readTaskIds([id, tuples]) ?? [];
  const left = typeof row['count'] === 'number' ? row['count'] : null;
  const total = taskIds.length;
  return groupOf(id, { taskIds, total, finished: left === null ? null : Math.max(0, total - left) });
};
