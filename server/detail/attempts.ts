import type { Failure } from '../api/history.ts';
import type { Attempt } from '../api/taskDetail.ts';
import type { Task, TaskState } from '../api/tasks.ts';
import type { CeleryEvent } from '../celery/event.ts';

type Open = { -readonly [K in keyof Attempt]: Attempt[K] };

const endsOfAttempts: Readonly<Record<string, TaskState>> = {
  'task-retried': 'RETRY',
  'task-succeeded': 'SUCCESS',
  'task-failed': 'FAILURE',
  'task-revoked': 'REVOKED',
  'task-rejected': 'REJECTED',
};

/**
 * Each run of a task that was tried more than once, the first one first: from its raw events, the failures that the
 * history keeps, and the task as it stands. Empty for a task that ran once.
 */
export const attemptsOf = (
  task: Task,
  events: readonly CeleryEvent[],
  failures: readonly Failure[],
): readonly Attempt[] => {
  const isRetried = task.retriedAt !== null || (task.retries ?? 0) > 0;
  if (!isRetried) return [];
  const attempts = new Map<number, Open>();
  for (const attempt of fromFailures(failures, task)) attempts.set(attempt.number, attempt);
  for (const attempt of fromEvents(events)) {
    const known = attempts.get(attempt.number);
    attempts.set(attempt.number, known ? merged(known, attempt) : attempt);
  }
  const last = latest(task);
  const known = attempts.get(last.number);
  attempts.set(last.number, known ? merged(known, last) : last);
  return [...attempts.values()].sort((a, b) => a.number - b.number);
};

/** `task-received` says which attempt it begins; without it, the end of the one before. */
const fromEvents = (events: readonly CeleryEvent[]): readonly Open[] => {
  const attempts: Open[] = [];
  let current: Open | null = null;
  let next = 1;
  const open = (number: number): Open => {
    const attempt = blank(number);
    attempts.push(attempt);
    current = attempt;
    return attempt;
  };
  for (const event of [...events].sort((a, b) => a.timestamp - b.timestamp)) {
    const ms = event.timestamp * 1000;
    if (event.type === 'task-received') {
      const { retries } = event;
      const attempt = open(typeof retries === 'number' ? retries + 1 : next);
      attempt.receivedAt = ms;
      attempt.worker = event.hostname;
    } else if (event.type === 'task-started') {
      const attempt: Open = current ?? open(next);
      attempt.startedAt = ms;
      attempt.worker = event.hostname;
      attempt.state = 'STARTED';
    } else if (event.type in endsOfAttempts) {
      const attempt: Open = current ?? open(next);
      attempt.state = endsOfAttempts[event.type] ?? 'PENDING';
      attempt.endedAt = ms;
      attempt.worker = event.hostname;
      attempt.exception = textOf(event['exception']);
      attempt.traceback = textOf(event['traceback']);
      next = attempt.number + 1;
      current = null;
    }
  }
  return attempts;
};

/** Newest first as they come; the last of those that were tried again was attempt number `retries`. */
const fromFailures = (failures: readonly Failure[], task: Task): readonly Open[] => {
  const retried = failures.filter((failure) => failure.retried).sort((a, b) => a.at - b.at);
  const before = Math.max(retried.length, task.state === 'RETRY' ? (task.retries ?? 0) + 1 : (task.retries ?? 0));
  return retried.map((failure, index) => ({
    ...blank(before - retried.length + index + 1),
    state: 'RETRY',
    worker: failure.worker,
    endedAt: failure.at,
    exception: failure.exception,
    traceback: failure.traceback,
  }));
};

const latest = (task: Task): Open => ({
  ...blank((task.retries ?? 0) + 1),
  state: task.state,
  worker: task.worker,
  receivedAt: task.receivedAt,
  startedAt: task.startedAt,
  endedAt: task.state === 'RETRY' ? task.retriedAt : task.finishedAt,
  exception: task.state === 'SUCCESS' ? null : task.exception,
  traceback: task.state === 'SUCCESS' ? null : task.traceback,
});

const merged = (known: Open, more: Open): Open => ({
  number: known.number,
  state: more.state,
  worker: more.worker ?? known.worker,
  receivedAt: more.receivedAt ?? known.receivedAt,
  startedAt: more.startedAt ?? known.startedAt,
  endedAt: more.endedAt ?? known.endedAt,
  exception: more.exception ?? known.exception,
  traceback: more.traceback ?? known.traceback,
});

const blank = (number: number): Open => ({
  number,
  state: 'RECEIVED',
  worker: null,
  receivedAt: null,
  startedAt: null,
  endedAt: null,
  exception: null,
  traceback: null,
});

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
