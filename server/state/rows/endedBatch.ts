import { taskKinds } from '../names/eventTypes.ts';
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
import { blockNames, flagExpired, flagHasEta, flagIdIsText, flagTerminated, labelNames } from './taskColumns.ts';

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

/** The numbers of a task, as they stand one after the other. */
const numberNames = [...taskKinds, 'finished', 'timestamp', 'runtime', 'wait', 'firstSeenAt', 'updatedAt'] as const;
export const numbersPerTask = numberNames.length;

/**
 * The words of a task, after those of its id. Of its two blocks of texts they say where they begin in the bytes, -1 for
 * none.
 */
const wordNames = ['flags', 'signal', 'retries', 'state', ...labelNames, ...blockNames] as const;
export const idWords = 4;
export const wordsPerTask = idWords + wordNames.length;

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
  const idWord = (part: number): number => batch.words[index * wordsPerTask + part] ?? 0;
  const word = (name: (typeof wordNames)[number]): number => idWord(idWords + wordNames.indexOf(name));
  const number = (name: (typeof numberNames)[number]): number =>
    batch.numbers[index * numbersPerTask + numberNames.indexOf(name)] ?? Number.NaN;
  const label = (name: (typeof labelNames)[number]): string | null =>
    word(name) === 0 ? null : (batch.strings[word(name)] ?? null);
  const ms = (name: (typeof numberNames)[number]): number | null => msOrNull(number(name));
  open(input, bytes, word('input'));
  open(outcome, bytes, word('outcome'));
  const flags = word('flags');
  const ownId = (): string => id;
  const text = (fields: BlockFields, field: number): string | null => textOfField(bytes, fields, field, ownId);
  const id =
    (flags & flagIdIsText) === 0
      ? formatUuid(idWord(0), idWord(1), idWord(2), idWord(3))
      : (textOfField(bytes, input, idField, () => '') ?? '');
  const tail = text(outcome, tracebackField);
  return {
    id,
    state: batch.strings[word('state')] ?? '',
    name: label('name'),
    worker: label('worker'),
    client: label('client'),
    queue: label('queue'),
    exchange: label('exchange'),
    routingKey: label('routingKey'),
    args: text(input, argsField),
    kwargs: text(input, kwargsField),
    eta: (flags & flagHasEta) === 0 ? null : text(input, etaField),
    expires: text(input, expiresField),
    rootId: text(input, rootIdField),
    parentId: text(input, parentIdField),
    result: text(outcome, resultField),
    exception: text(outcome, exceptionField),
    tracebackHead: tail === null ? null : label('tracebackHead'),
    tracebackTail: tail,
    sentAt: ms('sent'),
    receivedAt: ms('received'),
    startedAt: ms('started'),
    succeededAt: ms('succeeded'),
    failedAt: ms('failed'),
    retriedAt: ms('retried'),
    revokedAt: ms('revoked'),
    rejectedAt: ms('rejected'),
    finishedAt: ms('finished'),
    eventAt: number('timestamp'),
    firstSeenAt: number('firstSeenAt'),
    updatedAt: number('updatedAt'),
    runtimeSeconds: orNull(number('runtime')),
    waitSeconds: orNull(number('wait')),
    retries: word('retries') < 0 ? null : word('retries'),
    terminated: (flags & flagTerminated) !== 0,
    expired: (flags & flagExpired) !== 0,
    signal: word('signal') === 0 ? null : word('signal'),
  };
};

const open = (fields: BlockFields, bytes: Buffer, at: number): void => {
  if (at < 0) fields.kinds.fill(0);
  else fields.read(bytes, at);
};

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** As taskView.ts gives the same task. */
const msOrNull = (seconds: number): number | null => (Number.isNaN(seconds) ? null : Math.round(seconds * 1e6) / 1e3);
