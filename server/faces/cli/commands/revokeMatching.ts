import type { TaskState } from '../../../api/tasks.ts';
import { figure, plural } from '../../../text/wording.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { interruptionCode } from '../interruption.ts';
import { inPortions } from '../matching/inPortions.ts';
import { preview } from '../matching/preview.ts';
import { holdTasks } from '../matching/taskHolder.ts';
import { wantedQuery } from '../matching/wantedQuery.ts';

/** Ids in one message, where no rate limits them. */
const mostAtOnce = 100;
const unended: readonly TaskState[] = ['PENDING', 'RECEIVED', 'STARTED', 'RETRY'];

/** Revokes all unfinished tasks that match a query: first it shows how many and which, and asks. */
export const revokeMatching: RunCommand = async (context) => {
  const { options, terminal, interruption } = context;
  const query = wantedQuery(context);
  if (!options['dry-run']) requireConsent(context, 'A revocation');
  const holder = await holdTasks(context);
  try {
    const tasks = await holder.find(query, unended);
    const { source, place } = holder;
    preview(context, tasks, { source, which: 'that have not finished', ifDry: 'Nothing was revoked.' });
    if (tasks.length === 0) return exitCode.nothingFound;
    if (options['dry-run']) return exitCode.ok;
    const { terminate, signal } = options;
    const what = terminate ? 'Revoke and terminate' : 'Revoke';
    await askConsent(context, `${what} ${plural(tasks.length, 'task')} on ${place}?`);
    let unconfirmed = 0;
    const done = await inPortions(context, tasks, { done: 'Revoked', most: mostAtOnce }, async (portion) => {
      const isConfirmed = await holder.revoke({ ids: portion.map(({ id }) => id), terminate, signal });
      if (!isConfirmed) unconfirmed += portion.length;
    });
    const left = tasks.length - done;
    const silent = unconfirmed > 0 ? ` No worker confirmed ${figure(unconfirmed)} of them.` : '';
    terminal.say(`Revoked ${plural(done, 'task')}${left > 0 ? `; stopped with ${figure(left)} left` : ''}.${silent}`);
    if (left > 0) return interruptionCode(interruption);
    return unconfirmed > 0 ? exitCode.failed : exitCode.ok;
  } finally {
    await holder.close();
  }
};
