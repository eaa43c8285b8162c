import { CeleriacError } from '../../api/errors.ts';
import { pageRequests } from '../../api/page.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { TaskDesk } from '../../cluster/taskDesk.ts';
import { handle } from '../../requests/handle.ts';
import { joinAreas } from '../../requests/joinAreas.ts';
import { seriesArea } from '../../requests/series.ts';
import { taskDetailArea } from '../../requests/taskDetail.ts';
import { tasksArea } from '../../requests/tasks.ts';

/** Answers what a page asks. */
export type PageAsker = (name: string, params: unknown) => Promise<object>;

/** Made once for a cluster: the areas remember for a while what is costly to read. */
export const pageAsker = (cluster: Cluster, tasks: TaskDesk): PageAsker => {
  const open = { get: () => cluster, tasks: () => tasks };
  const area = joinAreas(tasksArea(open), seriesArea(open), taskDetailArea(open));
  return async (name, params) => {
    const asked = pageRequests.find((each) => each === name);
    if (!asked) throw new CeleriacError('badRequest', `Pages cannot request "${name}".`);
    return asked === 'snapshot' ? cluster.snapshot() : handle(area, asked, params);
  };
};
