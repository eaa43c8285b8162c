/** What holds where nothing else was typed; the help says the same. */
export const defaults = {
  listenSeconds: 5,
  /** How long workers may take to answer. */
  answerSeconds: 2,
  taskLimit: 50,
  /** Beyond it, finished tasks are forgotten. */
  maxTasks: 1_000_000,
} as const;
