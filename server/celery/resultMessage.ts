import type { ResultValue, TaskResult } from '../api/results.ts';
import { inexactMember } from './exactJson.ts';
import { readJson } from './parseJson.ts';
import { readResultFormat } from './resultFormat.ts';
import { isExceptionState, unknownState } from './resultStates.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A task of which the backend knows nothing. */
export const missingResult = (id: string): TaskResult => ({
  id,
  status: 'PENDING',
  found: false,
  result: { kind: 'json', value: null, exactText: null },
  traceback: null,
  dateDone: null,
  groupId: null,
  parentId: null,
  children: null,
  name: null,
  args: null,
  kwargs: null,
  worker: null,
  retries: null,
  queue: null,
  runningOn: null,
  notes: [],
});

/** An entry that is there but cannot be read. */
export const unreadResult = (id: string, sentence: string, status: string | null = null): TaskResult => ({
  ...missingResult(id),
  found: true,
  status: status ?? unknownState,
  result: { kind: 'opaque', sentence },
});

/** Reads what Redis and the filesystem hold about a task (celery/backends/base.py: _get_result_meta). */
export const decodeTaskResult = (id: string, payload: Buffer): TaskResult => {
  const format = readResultFormat(payload);
  if (format.kind === 'unread') return unreadResult(id, format.sentence, format.status);
  const read = readJson(format.text);
  if ('defect' in read && read.defect !== 'not JSON') return unreadResult(id, tooMuch(read.defect));
  const fields = 'value' in read ? asFields(read.value) : null;
  if (fields === null || typeof fields['status'] !== 'string') return unreadResult(id, strange);
  return resultFromFields(id, fields, inexactMember(format.text, 'result'));
};

/** For a value that is JSON, but too much of it. */
export const tooMuch = (defect: 'too large' | 'nested too deeply'): string => `The value is ${defect} to be shown.`;

const strange =
  'It does not have the format of a Celery result: it may be signed, encrypted, damaged or written by a custom serializer.';

const resultFromFields = (id: string, fields: Fields, exactText: string | null): TaskResult => {
  const status = String(fields['status']);
  return {
    id,
    status,
    found: true,
    result: toResultValue(status, fields['result'], exactText),
    traceback: asText(fields['traceback']),
    dateDone: asText(fields['date_done']),
    groupId: asText(fields['group_id']),
    parentId: asText(fields['parent_id']),
    children: fields['children'] ?? null,
    name: asText(fields['name']),
    args: fields['args'] ?? null,
    kwargs: fields['kwargs'] ?? null,
    worker: asText(fields['worker']),
    retries: typeof fields['retries'] === 'number' ? fields['retries'] : null,
    queue: asText(fields['queue']),
    runningOn: toRunningOn(status, fields['result']),
    notes: [],
  };
};

/** The value of a task, or the exception where its state says that it is one (celery/backends/base.py: meta_from_decoded). */
export const toResultValue = (status: string, value: unknown, exactText: string | null): ResultValue => {
  const exception = isExceptionState(status) ? asFields(value) : null;
  const type = exception?.['exc_type'];
  if (!exception || typeof type !== 'string') return { kind: 'json', value: value ?? null, exactText };
  const message = exception['exc_message'] ?? [];
  return {
    kind: 'exception',
    type,
    message: Array.isArray(message) ? message : [message],
    module: asText(exception['exc_module']),
  };
};

/** celery/app/trace.py: mark_as_started stores who runs the task in place of a result. */
export const toRunningOn = (status: string, value: unknown): TaskResult['runningOn'] => {
  const fields = status === 'STARTED' ? asFields(value) : null;
  const hostname = fields?.['hostname'];
  const pid = fields?.['pid'];
  return typeof hostname === 'string' && typeof pid === 'number' ? { hostname, pid } : null;
};

export const asFields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
