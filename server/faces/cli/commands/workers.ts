import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { printList } from '../printList.ts';
import { remoteOf } from '../remote/remote.ts';
import { readStatus } from '../remote/remoteStatus.ts';
import { workerColumns } from '../workerRows.ts';
import { lookAtCluster } from './status.ts';

/** One row for each worker: what `status` shows of them, alone. */
export const runWorkers: RunCommand = async (context) => {
  const { terminal, options } = context;
  const seen =
    options.server === undefined
      ? await lookAtCluster(context)
      : { code: exitCode.ok, hint: null, ...(await readStatus(await remoteOf(context))) };
  if (seen.view === null) return seen.code;
  const { snapshot, workers: stats, now } = terminal.shown(seen.view);
  const statsOf = new Map(stats.map((group) => [group.name, group]));
  const workers = Object.values(snapshot.workers).toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1));
  printList(context, {
    columns: workerColumns,
    rows: workers.map((worker) => ({ worker, stats: statsOf.get(worker.hostname), now })),
    objects: workers.map((worker) => ({ stats: statsOf.get(worker.hostname) ?? null, ...worker })),
  });
  const hint = seen.hint ?? (workers.length === 0 ? 'No worker has contacted the server yet.' : null);
  if (hint !== null) terminal.say(hint);
  return workers.length === 0 ? exitCode.nothingFound : exitCode.ok;
};
