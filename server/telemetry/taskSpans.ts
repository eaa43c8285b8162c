import { createHash } from 'node:crypto';
import type { TaskRun } from '../state/queries/taskRun.ts';

/** One span in the JSON of OTLP (opentelemetry-proto: trace.proto). */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: 4 | 5;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: 0 | 1 | 2; readonly message?: string };
}

export interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly doubleValue: number } | { readonly intValue: string };
}

const producer = 4;
const consumer = 5;

/** All tasks of one workflow are one trace: its id is that of the root, which Celery makes as a UUID. */
export const traceIdOf = ({ id, rootId }: Pick<TaskRun, 'id' | 'rootId'>): string => {
  const root = (rootId ?? id).replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(root) && !/^0+$/.test(root) ? root : hash(`trace:${rootId ?? id}`, 32);
};

/** The same for every task of a trace, so that none is cut in half. */
export const isSampled = (traceId: string, share: number): boolean =>
  Number.parseInt(traceId.slice(0, 8), 16) / 2 ** 32 < share;

/**
 * The run as a span, and, where its sending is known, that as another before it: the run is the child of its sending, and
 * that the child of the run that sent it.
 */
export const taskSpans = (run: TaskRun, exception: string | null): Span[] => {
  const traceId = traceIdOf(run);
  const parent = run.parentId === null ? null : runSpanId(run.parentId, 0);
  const name = run.name ?? 'unknown';
  const isSent = !Number.isNaN(run.sentSeconds) && run.retries === 0;
  const sending: Span = {
    traceId,
    spanId: hash(`send:${run.id}`, 16),
    ...(parent ? { parentSpanId: parent } : {}),
    name: `send ${name}`,
    kind: producer,
    startTimeUnixNano: nanos(run.sentSeconds),
    endTimeUnixNano: nanos(run.sentSeconds),
    attributes: [...common(run), ...texts({ 'messaging.client.id': run.client })],
    status: { code: 0 },
  };
  const begun = [run.startedSeconds, run.receivedSeconds, run.endedSeconds].find((at) => !Number.isNaN(at));
  if (begun === undefined || Number.isNaN(run.endedSeconds)) return isSent ? [sending] : [];
  const parentSpanId = isSent ? sending.spanId : run.retries > 0 ? runSpanId(run.id, run.retries - 1) : parent;
  const ran: Span = {
    traceId,
    spanId: runSpanId(run.id, run.retries),
    ...(parentSpanId ? { parentSpanId } : {}),
    name: `run ${name}`,
    kind: consumer,
    startTimeUnixNano: nanos(begun),
    endTimeUnixNano: nanos(Math.max(begun, run.endedSeconds)),
    attributes: [...common(run), ...texts({ 'celery.worker': run.worker, 'celery.state': run.state }), ...waits(run)],
    status: statusOf(run, exception),
  };
  return isSent ? [sending, ran] : [ran];
};

const common = (run: TaskRun): Attribute[] => [
  ...texts({
    'messaging.system': 'celery',
    'messaging.message.id': run.id,
    'messaging.destination.name': run.queue,
    'celery.task_name': run.name,
  }),
  { key: 'celery.retries', value: { intValue: String(run.retries) } },
];

/** How long it lay in the broker and in the worker, in seconds. */
const waits = ({ sentSeconds, receivedSeconds, startedSeconds }: TaskRun): Attribute[] =>
  Object.entries({
    'celery.wait.broker': receivedSeconds - sentSeconds,
    'celery.wait.worker': startedSeconds - receivedSeconds,
  }).flatMap(([key, seconds]) => (seconds >= 0 ? [{ key, value: { doubleValue: seconds } }] : []));

const statusOf = ({ state }: TaskRun, exception: string | null): Span['status'] => {
  if (state === 'SUCCESS') return { code: 1 };
  if (state === 'FAILURE' || state === 'RETRY')
    return { code: 2, ...(exception === null ? {} : { message: exception }) };
  return { code: 0 };
};

const texts = (values: Readonly<Record<string, string | null>>): Attribute[] =>
  Object.entries(values).flatMap(([key, text]) => (text === null ? [] : [{ key, value: { stringValue: text } }]));

const runSpanId = (taskId: string, retries: number): string =>
  hash(retries === 0 ? `run:${taskId}` : `run:${taskId}:${retries}`, 16);

const hash = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** Whole nanoseconds do not fit a number; JSON's OTLP takes them as text. */
const nanos = (seconds: number): string =>
  Number.isNaN(seconds) ? '0' : `${BigInt(Math.round(seconds * 1e6)) * 1000n}`;
