import type { LocalProcess } from './localProcess.ts';

/**
 * Why a process is not, or not surely, the main process of that worker, so that it may be sent a signal; null: it is. A
 * number alone says nothing: on another machine and in each container it is somebody else's.
 */
export const whyNotTheWorker = (
  found: LocalProcess | null,
  { hostname, pid }: { readonly hostname: string; readonly pid: number },
  machine: string,
): string | null => {
  const elsewhere = 'it is on another machine or in a container';
  if (found === null)
    return `${hostname} runs as process ${pid}, and no process with that number is visible here: ${elsewhere}.`;
  if (found.ownPid !== found.pid)
    return `${hostname} runs as process ${pid}; on this machine, that process is inside a container.`;
  if (titleOf(found.command) === hostname) return null;
  const words = found.command.split(/\s+/);
  // Other programs have workers too; without a name of its own, Celery has to be in its words.
  const isCelery = words.includes('worker') && (/celery/i.test(found.command) || givenName(words) !== null);
  if (!isCelery)
    return `${hostname} runs as process ${pid}; on this machine, that process is not a worker: ${elsewhere}.`;
  const name = nodename(words, machine);
  return name === hostname
    ? null
    : `${hostname} runs as process ${pid}; on this machine, that process is the worker ${name}: ${elsewhere}.`;
};

/** With setproctitle a worker's title is "[celeryd: orders@host:MainProcess] -active- (worker …)". */
const titleOf = (command: string): string | null => /^\[celeryd: (\S+):MainProcess\]/.exec(command)?.[1] ?? null;

/** The name that a command line gives its worker (celery/utils/nodenames.py: default_nodename, host_format). */
const nodename = (words: readonly string[], machine: string): string => {
  const written = givenName(words) ?? machine;
  const [host = '', ...domain] = machine.split('.');
  const parts: Readonly<Record<string, string>> = { h: machine, n: host, d: domain.join('.'), '%': '%' };
  const whole = written.includes('@') ? written : `celery@${written}`;
  return whole.replaceAll(/%([hndiI%])/g, (_, letter: string) => parts[letter] ?? '');
};

const givenName = (words: readonly string[]): string | null => {
  const at = words.findLastIndex((word) => /^(-n.*|--hostname(=.*)?)$/.test(word));
  const word = words[at] ?? '';
  const given = word === '-n' || word === '--hostname' ? words[at + 1] : word.replace(/^(--hostname=|-n)/, '');
  return given || null;
};
