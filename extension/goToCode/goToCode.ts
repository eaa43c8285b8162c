import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { CodePlaces } from './codePlaces.ts';
import type { FrameTarget } from './frameTarget.ts';

/** From a task or a failure to the line in the workspace. */
export const startGoToCode = (parts: Parts): Area<'goToCode' | 'openFrame'> => {
  const places = new CodePlaces(parts.backend);
  return {
    commands: {
      goToCode: (row) => goToCode(row, parts, places),
      openFrame: (frame) => openFrame(frame, places),
    },
    dispose: () => undefined,
  };
};

const openFrame = async (frame: FrameTarget | null, places: CodePlaces): Promise<void> => {
  if (!frame) throw new CeleriacError('badRequest', t('This opens a frame of a traceback; there is none.'));
  if ((await places.openFrame(frame)) === 'notHere')
    throw new CeleriacError('notFound', t('{0} is not in this workspace. Open the folder that holds it.', frame.file));
};

/** A failure leads to the line that raised it; everything else, and a failure elsewhere, to the task's definition. */
const goToCode = async (target: RowTarget, parts: Parts, places: CodePlaces): Promise<void> => {
  const group = target.clusterId && target.failureId ? failureOf(target.clusterId, target.failureId, parts) : undefined;
  if (group?.frame && (await places.openFrame(group.frame)) !== 'notHere') return;
  const taskName = target.taskName ?? group?.taskName ?? (await nameOf(target, parts));
  if (taskName === null)
    throw new CeleriacError('notFound', t('No event has told the name of this task, so its code cannot be found.'));
  if ((await places.openDefinition(taskName)) === 'notHere')
    throw new CeleriacError(
      'notFound',
      t('No definition of {0} was found in this workspace. Open the folder that holds it.', taskName),
    );
};

const failureOf = (clusterId: string, failureId: string, { mirror }: Parts) =>
  mirror.snapshots.get(clusterId)?.failures[failureId];

const nameOf = async ({ clusterId, taskId }: RowTarget, { backend }: Parts): Promise<string | null> => {
  if (clusterId === null || taskId === null) return null;
  return (await backend.request(requests.task, { clusterId, id: taskId }))?.name ?? null;
};
