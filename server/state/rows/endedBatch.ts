import { formatUuid } from '../names/taskId.ts';
import { BlockFields, textOfField } from '../texts/taskTexts.ts';
import {
  argsField,
  etaField,
  exceptionField,
  expiresField,
  idField,
  kwargsField,
  parentIdField,
  resultField,
  rootIdField,
  tracebackField,
} from '../texts/textWriter.ts';
import { flagExpired, flagHasEta, flagIdIsText, flagTerminated } from './taskColumns.ts';

/**
 * Tasks on their way out of the process, as the state keeps them: numbers side by side and texts still encoded, so that
 * taking them costs the engine next to nothing. Who receives it takes them apart (`readEnded`), on another thread.
 */
export interface EndedBatch {
  readonly size: number;
  /** `numbersPerTask` each; NaN for none. */
  readonly numbers: Float64Array;
  /** `wordsPerTask` each. */
  readonly words: Int32Array;
  /** Names, by the numbers that the words give; 0 is none. */
  readonly strings: readonly string[];
  readonly bytes: Uint8Array;
}

/** Where the numbers of a task stand. */
const numberAt = {
  sent: 0,
  received: 1,
  started: 2,
  succeeded: 3,
  failed: 4,
  retried: 5,
  revoked: 6,
  rejected: 7,
  finished: 8,
  event: 9,
  runtime: 10,
  wait: 11,
  firstSeen: 12,
  updated: 13,
} as const;
export const numbersPerTask = 14;

/** Where the words of a task stand; its id takes the first four. */
const wordAt = {
  id: 0,
  flags: 4,
  signal: 5,
  retries: 6,
  state: 7,
  name: 8,
  worker: 9,
  client: 10,
  queue: 11,
  exchange: 12,
  routingKey: 13,
  tracebackHead: 14,
  /** Where its two blocks of texts begin in the bytes, -1 for none. */
  input: 15,
  outcome: 16,
} as const;
export const wordsPerTask = 17;

/** One task of a batch. Times are milliseconds, but for `eventAt`: when its last event happened, by its sender's clock. */
export interface EndedTask {
  readonly id: string;
  readonly state: string;
  readonly name: string | null;
  readonly worker: string | null;
  readonly client: string | null;
  readonly queue: string | null;
  readonly exchange: string | null;
  readonly routingKey: string | null;
  readonly args: string | null;
  readonly kwargs: string | null;
  readonly eta: string | null;
  readonly expires: string | null;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly result: string | null;
  readonly exception: string | null;
  /** All lines of the traceback but the last, which are the same for all tasks that fail there. */
  readonly tracebackHead: string | null;
  readonly tracebackTail: string | null;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly succeededAt: number | null;
  readonly failedAt: number | null;
  readonly retriedAt: number | null;
  readonly revokedAt: number | null;
  readonly rejectedAt: number | null;
  readonly finishedAt: number | null;
  readonly eventAt: number;
  readonly firstSeenAt: number;
  readonly updatedAt: number;
  readonly runtimeSeconds: number | null;
  readonly waitSeconds: number | null;
  readonly retries: number | null;
  readonly terminated: boolean;
  readonly expired: boolean;
  readonly signal: number | null;
}

/** Takes a batch apart, task by task. One that cannot be read costs only itself, and `odd` is told of it. */
export function* readEnded(
  batch: EndedBatch,
  odd: (index: number, error: unknown) => void = rethrow,
): IterableIterator<EndedTask> {
  const bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
  const input = new BlockFields();
  const outcome = new BlockFields();
  for (let index = 0; index < batch.size; index++) {
    let task: EndedTask;
    try {
      task = readTask(batch, index, bytes, input, outcome);
    } catch (error) {
      odd(index, error);
      continue;
    }
    yield task;
  }
}

const rethrow = (_index: number, error: unknown): never => {
  throw error;
};

const readTask = (
  batch: EndedBatch,
  index: number,
  bytes: Buffer,
  input: BlockFields,
  outcome: BlockFields,
): EndedTask => {
  const word = (at: number): number => batch.words[index * wordsPerTask + at] ?? 0;
  const number = (at: number): number => batch.numbers[index * numbersPerTask + at] ?? Number.NaN;
  const label = (at: number): string | null => (word(at) === 0 ? null : (batch.strings[word(at)] ?? null));
  const ms = (at: number): number | null => msOrNull(number(at));
  open(input, bytes, word(wordAt.input));
  open(outcome, bytes, word(wordAt.outcome));
  const flags = word(wordAt.flags);
  const ownId = (): string => id;
  const text = (fields: BlockFields, field: number): string | null => textOfField(bytes, fields, field, ownId);
  const id =
    (flags & flagIdIsText) === 0
      ? formatUuid(word(0), word(1), word(2), word(3))
      : (textOfField(bytes, input, idField, () => '') ?? '');
  const tail = text(outcome, tracebackField);
  return {
    id,
    state: label(wordAt.state) ?? '',
    name: label(wordAt.name),
    worker: label(wordAt.worker),
    client: label(wordAt.client),
    queue: label(wordAt.queue),
    exchange: label(wordAt.exchange),
    routingKey: label(wordAt.routingKey),
    args: text(input, argsField),
    kwargs: text(input, kwargsField),
    eta: (flags & flagHasEta) === 0 ? null : text(input, etaField),
    expires: text(input, expiresField),
    rootId: text(input, rootIdField),
    parentId: text(input, parentIdField),
    result: text(outcome, resultField),
    exception: text(outcome, exceptionField),
    tracebackHead: tail === null ? null : label(wordAt.tracebackHead),
    tracebackTail: tail,
    sentAt: ms(numberAt.sent),
    receivedAt: ms(numberAt.received),
    startedAt: ms(numberAt.started),
    succeededAt: ms(numberAt.succeeded),
    failedAt: ms(numberAt.failed),
    retriedAt: ms(numberAt.retried),
    revokedAt: ms(numberAt.revoked),
    rejectedAt: ms(numberAt.rejected),
    finishedAt: ms(numberAt.finished),
    eventAt: number(numberAt.event),
    firstSeenAt: number(numberAt.firstSeen),
    updatedAt: number(numberAt.updated),
    runtimeSeconds: orNull(number(numberAt.runtime)),
    waitSeconds: orNull(number(numberAt.wait)),
    retries: word(wordAt.retries) < 0 ? null : word(wordAt.retries),
    terminated: (flags & flagTerminated) !== 0,
    expired: (flags & flagExpired) !== 0,
    signal: word(wordAt.signal) === 0 ? null : word(wordAt.signal),
  };
};

const open = (fields: BlockFields, bytes: Buffer, at: number): void => {
  if (at < 0) fields.kinds.fill(0);
  else fields.read(bytes, at);
};

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** As taskView.ts gives the same task. */
const msOrNull = (seconds: number): number | null => (Number.isNaN(seconds) ? null : Math.round(seconds * 1e6) / 1e3);
