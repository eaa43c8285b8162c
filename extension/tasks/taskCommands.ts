import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { Task } from '../../server/api/tasks.ts';
import { MendableError } from '../commands/mendableError.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { chooseTask } from '../pick/chooseTask.ts';
import { findTask } from './findTask.ts';

type TaskCommand = 'copyTaskArguments' | 'copyTraceback' | 'findTask' | 'getResult';

/** What is done with one task, by its row or its id. */
export const startTaskCommands = (parts: Parts): Area<TaskCommand> => ({
  commands: {
    copyTaskArguments: async (row) => {
      const { args, kwargs } = await taskOf(row, parts);
      if (args === null && kwargs === null)
        throw new CeleriacError('notFound', t('The arguments of this task are unknown: no event reported them.'));
      await vscode.env.clipboard.writeText([args, kwargs].filter((text) => text !== null).join(' '));
    },
    copyTraceback: async (row) => {
      const { traceback, state } = await taskOf(row, parts);
      if (traceback === null)
        throw new CeleriacError('notFound', t('This task has no traceback (its state is {0}).', state));
      await vscode.env.clipboard.writeText(traceback);
    },
    findTask: async () => {
      const title = t('Find Task by ID');
      const cluster = await chooseCluster(null, parts, title);
      await run('openTask', { clusterId: cluster.clusterId, taskId: await findTask(cluster, parts, title) });
    },
    getResult: async (row) => {
      const target = row;
      const title = t('Get Result');
      const cluster = await chooseCluster(target.clusterId, parts, title);
      const { clusterId } = cluster;
      needResultBackend(clusterId, parts);
      const id =
        target.taskId ?? (await chooseTask(cluster, parts, { title, placeHolder: t('Select a task or type its ID') }));
      await parts.answerPages.open({ kind: 'result', clusterId, id });
    },
  },
  dispose: () => undefined,
});

const taskOf = async (row: RowTarget, { backend }: Parts): Promise<Task> => {
  const { clusterId, taskId: id } = row;
  if (clusterId === null || id === null) throw new CeleriacError('badRequest', t('Run this from the row of a task.'));
  const task = await backend.request(requests.task, { clusterId, id });
  if (task) return task;
  throw new CeleriacError('notFound', t('This task is no longer in memory.'));
};

/** Results are only read where the connection names the place that keeps them. */
const needResultBackend = (name: string, { connections }: Pick<Parts, 'connections'>): void => {
  const entry = connections.listed.find((each) => each.name === name);
  if (!entry || entry.setting.resultBackend) return;
  throw new MendableError('unsupported', t('{0} has no result backend, so results cannot be read.', name), {
    label: t('Set Result Backend…'),
    act: () => run('editConnection', { clusterId: name }),
  });
};
