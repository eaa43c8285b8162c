import { toErrorData } from '../../../api/errors.ts';
import type { Task, TaskState } from '../../../api/tasks.ts';
import { retryCall } from '../../../desk/retryTask.ts';
import { figure, plural } from '../../../text/wording.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { interruptionCode } from '../interruption.ts';
import { inPortions } from '../matching/inPortions.ts';
import { preview } from '../matching/preview.ts';
import { holdTasks, type TaskHolder } from '../matching/taskHolder.ts';
import { wantedQuery } from '../matching/wantedQuery.ts';
import { UsageError } from '../usageError.ts';

const unsuccessful: readonly TaskState[] = ['FAILURE', 'REVOKED', 'REJECTED'];

/** Sends all failed tasks that match a query again: first it shows how many and which, and asks. */
export const runRetry: RunCommand = async (context) => {
  const { options, terminal, interruption } = context;
  if (options.query === undefined && options.filter === undefined)
    throw new UsageError('"retry" requires --query QUERY or --filter NAME.');
  const query = wantedQuery(context);
  if (!options['dry-run']) requireConsent(context, 'A retry');
  const holder = await holdTasks(context);
  try {
    const matching = await holder.find(query, unsuccessful);
    const { source, place } = holder;
    preview(context, matching, { source, which: 'that did not succeed', ifDry: 'Nothing was sent.' });
    if (matching.length === 0) return exitCode.nothingFound;
    const { tasks, reason } = await whole(
      holder,
      matching.map(({ id }) => id),
    );
    const omitted = matching.length - tasks.length;
    if (omitted > 0) terminal.say(`${plural(omitted, 'task')} cannot be sent again. The first reason: ${reason}`);
    if (options['dry-run']) return exitCode.ok;
    if (tasks.length === 0) return exitCode.failed;
    await askConsent(context, `Send ${plural(tasks.length, 'task')} again on ${place}?`);
    const problems: string[] = [];
    const done = await inPortions(context, tasks, { done: 'Sent', most: 1 }, async ([task]) => {
      try {
        if (task) terminal.line(await holder.retry(task));
      } catch (error) {
        problems.push(toErrorData(error).sentence);
      }
    });
    const left = tasks.length - done;
    const [first] = problems;
    const failed = first === undefined ? '' : ` ${figure(problems.length)} failed: ${terminal.outlet.sentence(first)}`;
    terminal.say(
      `Sent ${plural(done - problems.length, 'task')} again${left > 0 ? `; stopped with ${figure(left)} left` : ''}.${failed}`,
    );
    if (left > 0) return interruptionCode(interruption);
    return problems.length > 0 || omitted > 0 ? exitCode.failed : exitCode.ok;
  } finally {
    await holder.close();
  }
};

/** Those whose arguments are known whole, and why the first of the others cannot be sent. */
const whole = async (holder: TaskHolder, ids: readonly string[]) => {
  const tasks: Task[] = [];
  let reason = '';
  for (const id of ids) {
    const task = await holder.whole(id);
    if (task === null) continue;
    try {
      retryCall(task);
      tasks.push(task);
    } catch (error) {
      reason ||= toErrorData(error).sentence;
    }
  }
  return { tasks, reason };
};
