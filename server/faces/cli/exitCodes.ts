/** What the command line tells the shell. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Asked about something that is not there: no worker answered, no such task was heard of. */
  nothingFound: 3,
  /** The answer is there, and it is that the task did not succeed. */
  taskFailed: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodeHelp: readonly (readonly [string, string])[] = [
  ['0', 'done; also a stream (events, status --watch) that you ended'],
  ['1', 'failed, such as a broker that cannot be reached, or a worker that refused or did not answer'],
  ['2', 'the command line cannot be understood'],
  ['3', 'nothing found: no worker answered, or nobody knows such a task, queue or result'],
  ['4', 'the task whose result was asked for did not succeed'],
  ['130, 143', 'ended early by Ctrl-C or SIGTERM'],
];
