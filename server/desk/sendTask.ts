import { CeleriacError } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { TaskOrder } from '../celery/taskMessage.ts';
import type { Operations } from '../cluster/operations.ts';

/** A time, ISO 8601 with its offset where it is text, or seconds from now. */
type When = Date | string | number;

/** A task to be sent. */
export interface WantedTask {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly queue: string;
  readonly id?: string | undefined;
  readonly priority?: number | undefined;
  /** Not before. */
  readonly eta?: When | undefined;
  /** Not after. */
  readonly expires?: When | undefined;
}

/** A task that can be sent as it is. */
export type SendableTask = Omit<TaskOrder, 'id' | 'origin'> & { readonly id?: string };

/** Throws for what no worker would run as it is wanted. */
export const checkTask = (
  { name, args, kwargs, queue, id, priority, ...times }: WantedTask,
  now: number,
): SendableTask => {
  if (name === '') throw bad(phrase('send.noName'));
  if (queue === '') throw bad(phrase('send.noQueue'));
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= 255))
    throw bad(phrase('send.badPriority', { priority: String(priority) }));
  const eta = momentOf('eta', times.eta, now);
  const expires = momentOf('expires', times.expires, now);
  if (expires && expires.getTime() <= Math.max(now, eta?.getTime() ?? now)) throw bad(phrase('send.expired'));
  return {
    name,
    args,
    kwargs,
    queue,
    ...(id === undefined ? {} : { id }),
    ...(priority === undefined ? {} : { priority }),
    ...(eta ? { eta: eta.toISOString() } : {}),
    ...(expires ? { expires: expires.toISOString() } : {}),
  };
};

/** Sends a task; resolves with its id when the broker has it. */
export const sendTask = (
  { operations }: { readonly operations: Pick<Operations, 'send'> },
  task: SendableTask,
): Promise<string> => operations.send(task);

const momentOf = (field: 'eta' | 'expires', when: When | undefined, now: number): Date | null => {
  if (when === undefined) return null;
  if (typeof when === 'string' && !/(Z|[+-]\d\d:?\d\d)$/.test(when)) throw noTime(field, when);
  const moment = new Date(typeof when === 'number' ? now + when * 1_000 : when);
  if (Number.isNaN(moment.getTime())) throw noTime(field, String(when));
  return moment;
};

const noTime = (field: string, given: string): CeleriacError => bad(phrase('send.badTime', { field, text: given }));

const bad = (what: Phrase): CeleriacError => new CeleriacError('badRequest', what);
