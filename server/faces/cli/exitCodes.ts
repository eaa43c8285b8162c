/** What the command line tells the shell. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Asked about something that is not there: no worker answered, no such task was heard of. */
  nothingFound: 3,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodeHelp: readonly (readonly [string, string])[] = [
  ['0', 'done; also a stream (events, status --watch) that you ended'],
  ['1', 'failed, such as a broker that cannot be reached'],
  ['2', 'the command line cannot be understood'],
  ['3', 'nothing found: no worker answered, or no such task was heard of'],
  ['130, 143', 'ended early by Ctrl-C or SIGTERM'],
];
