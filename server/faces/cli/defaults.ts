/** What holds where nothing else was typed; the help says the same. */
export const defaults = {
  listenSeconds: 5,
  /** How long workers may take to answer. */
  answerSeconds: 2,
  taskLimit: 50,
  /** Celery's own task_default_queue. */
  queue: 'celery',
  /** Beyond it, finished tasks are forgotten. */
  maxTasks: 1_000_000,
  host: '127.0.0.1',
  port: 9808,
  /** Sets of label values a metric may have. */
  maxSeries: 1_000,
} as const;
