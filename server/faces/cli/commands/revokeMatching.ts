import type { TaskSummary } from '../../../api/tasks.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import { revocation } from '../../../desk/revocation.ts';
import { tellWorkers } from '../../../desk/tellWorkers.ts';
import { readQuery } from '../../../state/queries/language/readQuery.ts';
import { table } from '../../../text/table.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { duration, figure, plural } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { interruptionCode, orInterrupted } from '../interruption.ts';
import { listen } from '../listening.ts';

const previewed = 10;
const pageLimit = 1_000;
/** Ids in one message, where no rate limits them. */
const mostAtOnce = 100;

/** Revokes all tasks that match a query and have not ended: first it listens, then it shows how many and which, and asks. */
export const revokeMatching: RunCommand = async (context) => {
  const { options, terminal, interruption } = context;
  const query = options.query ?? '';
  readQuery(query, 0);
  if (!options['dry-run']) requireConsent(context, 'A revocation');
  const listening = await listen(context);
  try {
    await orInterrupted(listening.firstLink, interruption);
    const seconds = options.seconds ?? defaults.listenSeconds;
    terminal.sayForNow(`Listening for ${duration(seconds)} …`);
    await pause(seconds * 1_000, interruption);
    terminal.endTalkLine();
    if (interruption.aborted) return interruptionCode(interruption);
    const tasks = unended(listening.cluster, query);
    preview(context, tasks, seconds);
    if (tasks.length === 0) return exitCode.nothingFound;
    if (options['dry-run']) return exitCode.ok;
    await askConsent(context, `Revoke ${plural(tasks.length, 'task')} on ${listening.maskedUrl}?`);
    return await revokeAll(context, listening.cluster, tasks);
  } finally {
    await listening.stop();
  }
};

const unended = ({ state }: Cluster, query: string): readonly TaskSummary[] => {
  const found: TaskSummary[] = [];
  const at = Date.now();
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = state.tasks.page({
      where: { query, at },
      states: ['PENDING', 'RECEIVED', 'STARTED', 'RETRY'],
      limit: pageLimit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.tasks);
    cursor = page.nextCursor;
  }
  return found;
};

const preview = ({ terminal, options }: CommandContext, tasks: readonly TaskSummary[], seconds: number): void => {
  const shown = terminal.shown(tasks.slice(0, previewed));
  if (options.json) terminal.json({ matching: tasks.length, tasks: tasks.map(({ id }) => id) });
  else if (shown.length > 0)
    for (const line of table(taskColumns(terminal.width), shown, terminal.page)) terminal.line(line);
  const more = tasks.length > previewed ? `, the first ${previewed} above` : '';
  const dry = options['dry-run'] ? ' Nothing was revoked.' : '';
  terminal.say(
    `${plural(tasks.length, 'task')} seen within ${duration(seconds)} that match and have not finished${more}.${dry}`,
  );
};

/** At the rate that was asked for; Ctrl-C stops between two messages, and what was sent is said either way. */
const revokeAll = async (context: CommandContext, cluster: Cluster, tasks: readonly TaskSummary[]): Promise<number> => {
  const { terminal, interruption, options } = context;
  const perSecond = options.rate ?? Number.POSITIVE_INFINITY;
  const size = Math.max(1, Math.min(mostAtOnce, Math.floor(perSecond)));
  const timeoutMs = (options.timeout ?? defaults.answerSeconds) * 1_000;
  const startedAt = performance.now();
  let sent = 0;
  let unconfirmed = 0;
  while (sent < tasks.length && !interruption.aborted) {
    const ids = tasks.slice(sent, sent + size).map(({ id }) => id);
    const { replies } = await tellWorkers(cluster, revocation({ ids }), { timeoutMs });
    if (!replies.some(({ kind }) => kind === 'answered')) unconfirmed += ids.length;
    sent += ids.length;
    terminal.sayForNow(`Revoked ${figure(sent)} of ${figure(tasks.length)}. Press Ctrl-C to stop.`);
    const dueMs = (sent / perSecond) * 1_000 - (performance.now() - startedAt);
    if (sent < tasks.length && dueMs > 0) await pause(dueMs, interruption);
  }
  terminal.endTalkLine();
  const left = tasks.length - sent;
  const silent = unconfirmed > 0 ? ` No worker confirmed ${figure(unconfirmed)} of them.` : '';
  terminal.say(`Revoked ${plural(sent, 'task')}${left > 0 ? `; stopped with ${figure(left)} left` : ''}.${silent}`);
  if (left > 0) return interruptionCode(interruption);
  return unconfirmed > 0 ? exitCode.failed : exitCode.ok;
};
