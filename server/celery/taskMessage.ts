/** One task on its way to a queue, in Celery's message protocol 2 (celery/app/amqp.py: as_task_v2). */
export interface TaskMessage {
  readonly exchange: string;
  readonly routingKey: string;
  /** The queue it ends up in; virtual transports put it straight there. */
  readonly queue: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly properties: {
    readonly correlationId: string;
    readonly replyTo: string;
    readonly deliveryMode: 1 | 2;
    readonly priority: number;
    /** Milliseconds after which the broker may drop it unread. */
    readonly expirationMs?: number;
  };
  /** JSON. */
  readonly body: string;
}

export interface TaskOrder {
  readonly id: string;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly queue: string;
  /** Left out: the default exchange, which routes by the queue's name. */
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly priority?: number;
  /** ISO 8601 with its offset. */
  readonly eta?: string;
  readonly expires?: string;
  readonly timeLimitSeconds?: { readonly hard?: number; readonly soft?: number };
  /** Who sent it, as Celery's own clients say: `pid@host`. */
  readonly origin: string;
}

/** Celery cuts its reprs here, with three dots (celery/utils/saferepr.py). */
const reprLimit = 1024;

/** A broker refuses what it cannot count; a task that may wait so long is dropped by its worker instead. */
const longestExpirationMs = 2 ** 31 - 1;

/** `now` in ms since 1970: the broker is told how long the message may wait, the worker until when. */
export const taskMessage = (order: TaskOrder, now: number): TaskMessage => ({
  exchange: order.exchange ?? '',
  routingKey: order.routingKey ?? order.queue,
  queue: order.queue,
  headers: {
    lang: 'py',
    task: order.name,
    id: order.id,
    shadow: null,
    eta: order.eta ?? null,
    expires: order.expires ?? null,
    group: null,
    group_index: null,
    retries: 0,
    timelimit: [order.timeLimitSeconds?.hard ?? null, order.timeLimitSeconds?.soft ?? null],
    root_id: order.id,
    parent_id: null,
    argsrepr: cut(JSON.stringify(order.args)),
    kwargsrepr: cut(JSON.stringify(order.kwargs)),
    origin: order.origin,
    ignore_result: false,
    replaced_task_nesting: 0,
    stamped_headers: null,
    stamps: {},
  },
  properties: {
    correlationId: order.id,
    replyTo: '',
    deliveryMode: 2,
    priority: order.priority ?? 0,
    ...expiration(order.expires, now),
  },
  body: JSON.stringify([order.args, order.kwargs, { callbacks: null, errbacks: null, chain: null, chord: null }]),
});

/** As Celery does it (celery/app/base.py: send_task). */
const expiration = (expires: string | undefined, now: number): { readonly expirationMs?: number } => {
  const leftMs = expires === undefined ? Number.NaN : Math.max(0, Date.parse(expires) - now);
  return leftMs <= longestExpirationMs ? { expirationMs: leftMs } : {};
};

const cut = (text: string): string => (text.length > reprLimit ? `${text.slice(0, reprLimit - 3)}...` : text);
