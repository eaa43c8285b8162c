/** A message that waits in a queue, as far as it can be read without running anything. */
export interface QueuedMessage {
  /** Null: it is no task of Celery's. */
  readonly taskId: string | null;
  readonly name: string | null;
  /** JSON, as it was sent; null where the body is not JSON. */
  readonly argsJson: string | null;
  readonly kwargsJson: string | null;
  /** What the sender wrote beside the body for people, cut by it; also where the body cannot be read. */
  readonly argsRepr: string | null;
  readonly kwargsRepr: string | null;
  readonly eta: string | null;
  readonly expires: string | null;
  readonly retries: number | null;
  readonly priority: number | null;
  readonly exchange: string | null;
  readonly routingKey: string | null;
  readonly rootId: string | null;
  readonly parentId: string | null;
  readonly groupId: string | null;
  /** The process that sent it. */
  readonly origin: string | null;
  /** Whether it was handed out before and came back; null: the broker does not tell. */
  readonly redelivered: boolean | null;
  readonly contentType: string;
  readonly bytes: number;
  /** What of it cannot be read, and why: "pickle, not decoded". */
  readonly problem: string | null;
}

/** The head of a queue: what is delivered next comes first. */
export interface PeekedQueue {
  readonly messages: readonly QueuedMessage[];
  /** What looking has changed; null: nothing. */
  readonly touched: string | null;
}
