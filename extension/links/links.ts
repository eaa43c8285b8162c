import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import { report } from '../commands/register.ts';
import { focusView, run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { type LinkTarget, linkTarget } from './linkTarget.ts';

/**
 * Links such as `vscode://celeriac.celeriac/task/orders/3f2a…`. Anybody can write one, so a link only opens what is there:
 * it connects to nothing, changes nothing, and hands nothing on but names that were found here.
 */
export const startLinks = (parts: Parts): Area => {
  const handler = parts.surfaces.links({
    handleUri: async ({ path }) => {
      try {
        await follow(path, parts);
      } catch (error) {
        await report(error, parts.log);
      }
    },
  });
  return { commands: {}, dispose: () => handler.dispose() };
};

const follow = async (path: string, parts: Parts): Promise<void> => {
  const target = linkTarget(path);
  if (!target)
    throw new CeleriacError('badRequest', t('This link leads nowhere. It may come from another version of Celeriac.'));
  await parts.connections.firstOpened;
  if (!parts.mirror.snapshots.has(target.clusterId))
    throw new CeleriacError('notFound', t('The link is about a connection that this window does not have.'));
  await open(target, parts);
};

const open = async (target: LinkTarget, parts: Parts): Promise<void> => {
  const { clusterId } = target;
  switch (target.kind) {
    case 'connection':
      parts.active.choose(clusterId);
      await focusView('celeriac.clusters');
      return;
    case 'dashboard':
      await run('openDashboard', { clusterId });
      return;
    case 'task':
      await openTask(clusterId, target.taskId, parts);
      return;
    default:
      target satisfies never;
  }
};

const openTask = async (clusterId: string, taskId: string, parts: Parts): Promise<void> => {
  const task = await parts.backend.request(requests.task, { clusterId, id: taskId });
  if (!task) throw new CeleriacError('notFound', t('The task of the link is not remembered here any more.'));
  await run('openTask', { clusterId, taskId });
};
