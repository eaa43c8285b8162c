import { parseJson } from './parseJson.ts';
import { readResultFormat } from './resultFormat.ts';
import { asFields } from './resultMessage.ts';
import { readTaskIds } from './resultTuple.ts';

/** The tasks of a saved group, or the sentence that says why they cannot be named. */
export type GroupMembers = { readonly taskIds: readonly string[] } | { readonly sentence: string };

/** Reads what `GroupResult.save()` has left in Redis or a folder: `{"result": [[id, parent], [member …]]}`. */
export const decodeGroup = (payload: Buffer): GroupMembers =>
  readGroup(payload, (value) => asFields(value)?.['result']);

/** Likewise for the databases, which hold the result alone. */
export const decodeBareGroup = (payload: Buffer): GroupMembers => readGroup(payload, (value) => value);

const readGroup = (payload: Buffer, tupleIn: (value: unknown) => unknown): GroupMembers => {
  const format = readResultFormat(payload);
  if (format.kind === 'unread') return { sentence: `The stored group cannot be read. ${format.sentence}` };
  const taskIds = readTaskIds(tupleIn(parseJson(format.text)));
  return taskIds ? { taskIds } : { sentence: 'The stored group does not have the format of Celery.' };
};

/** One task of a chord's header that has ended: `[1, id, state, value]` (celery/backends/redis.py: on_chord_part_return). */
export const decodeChordPart = (payload: Buffer): { readonly taskId: string; readonly status: string } | null => {
  const format = readResultFormat(payload);
  const part: unknown = format.kind === 'json' ? parseJson(format.text) : null;
  if (!Array.isArray(part)) return null;
  const [, taskId, status]: unknown[] = part;
  return typeof taskId === 'string' && typeof status === 'string' ? { taskId, status } : null;
};
