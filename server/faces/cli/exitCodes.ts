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
  ['0', 'success; also a stream (events, status --watch) that you stopped'],
  ['1', 'failure, such as an unreachable broker, or a worker that refused or did not answer'],
  ['2', 'usage error'],
  ['3', 'nothing found: no worker answered, or the task, queue or result is unknown'],
  ['4', 'the task of the requested result did not succeed'],
  ['130, 143', 'stopped early by Ctrl-C or SIGTERM'],
];
