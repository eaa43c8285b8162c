import { endStates } from '../api/history.ts';
import type { TaskDetail, Unknown } from '../api/taskDetail.ts';

/** What is missing on the page. The order is that of the page. */
export const unknownsOf = (detail: Omit<TaskDetail, 'unknowns'>): readonly Unknown[] => {
  const { task, args, kwargs, result, record, attempts, events } = detail;
  if (task === null) return record.kind === 'unknown' ? ['everything', 'backend'] : ['everything'];
  const isOver = endStates.includes(task.state);
  const ran = isOver && task.state !== 'REVOKED' && task.state !== 'REJECTED';
  const found: readonly (Unknown | false)[] = [
    task.name === null && 'name',
    task.sentAt === null && 'sent',
    task.receivedAt === null && task.state !== 'PENDING' && 'received',
    task.startedAt === null && ran && 'started',
    (args?.isCut === true || kwargs?.isCut === true) && 'argsCut',
    result?.isCut === true && 'resultCut',
    task.state === 'FAILURE' && task.traceback === null && 'traceback',
    attempts.length > 0 && attempts.length < (task.retries ?? 0) + 1 && 'attempts',
    events.events.length === 0 && 'events',
    record.kind === 'unknown' && 'backend',
    record.kind === 'found' && record.record.name === null && 'resultExtended',
    record.kind !== 'found' && 'group',
  ];
  return found.filter((each) => each !== false);
};
