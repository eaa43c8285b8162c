import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { PageAddress } from '../../server/api/page.ts';
import { requests } from '../../server/api/requests.ts';
import { type RowTarget, rowTarget } from '../commands/rowTarget.ts';
import { PagePanels } from '../dashboard/pagePanels.ts';
import type { Area, Parts } from '../parts.ts';

/** The pages of single tasks: one panel each, shown again when it is open already. */
export const startTaskPages = (parts: Parts): Area<'copyTaskId' | 'openTask'> => {
  const names = new Map<string, string>();
  const panels = new PagePanels(parts, {
    viewType: 'celeriac.task',
    titleOf: (address) => titleOf(address, names),
    restore: (kept) => taskIn(rowTarget(kept)),
  });
  panels.start();
  return {
    commands: {
      openTask: async (target) => {
        const address = taskIn(target) ?? addressOf(target, parts);
        const name = target.taskName ?? (await nameOf(address, parts));
        if (name !== null && address.kind === 'task') names.set(address.taskId, name);
        panels.open(address);
      },
      copyTaskId: async (rows) => vscode.env.clipboard.writeText(rows.map(taskIdOf).join('\n')),
    },
    dispose: () => panels.dispose(),
  };
};

/** For the title only: a page of an unknown task opens without. */
const nameOf = async (address: PageAddress, { backend }: Parts): Promise<string | null> => {
  if (address.kind !== 'task') return null;
  const { clusterId, taskId } = address;
  const task = await backend.request(requests.task, { clusterId, id: taskId }).catch(() => null);
  return task?.name ?? null;
};

const shownOfId = 8;

const titleOf = (address: PageAddress, names: ReadonlyMap<string, string>): string => {
  const id = address.kind === 'task' ? address.taskId : '';
  const name = names.get(id);
  return name === undefined ? t('Task {0}', id.slice(0, shownOfId)) : `${name} ${id.slice(0, shownOfId)}`;
};

const taskIn = ({ clusterId, taskId }: RowTarget): PageAddress | null => {
  return clusterId === null || taskId === null ? null : { kind: 'task', clusterId, taskId };
};

/** A row of the only connection need not name it. */
const addressOf = (target: RowTarget, { mirror }: Parts): PageAddress => {
  const clusterIds = [...mirror.snapshots.keys()];
  const [clusterId] = clusterIds;
  if (clusterId === undefined || clusterIds.length > 1)
    throw new CeleriacError('badRequest', t('Run this from the row of a task.'));
  return { kind: 'task', clusterId, taskId: taskIdOf(target) };
};

const taskIdOf = ({ taskId }: RowTarget): string => {
  if (taskId === null) throw new CeleriacError('badRequest', t('Run this from the row of a task.'));
  return taskId;
};
