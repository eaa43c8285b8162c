import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { requests } from '../../../server/api/requests.ts';
import { confirmWrite, refuseIfReadOnly } from '../../commands/confirmWrite.ts';
import type { Parts } from '../../parts.ts';
import { chooseCluster } from '../../pick/chooseCluster.ts';
import { followSent } from '../../sendTask/followSent.ts';
import { showProgress } from '../../shown/showProgress.ts';
import type { WrittenTask } from './findWrittenTask.ts';
import { startStopping } from './stopAtFirstLine.ts';
import { brokerConfiguration, queueOf, type TaskRun } from './taskRun.ts';

interface Surroundings {
  readonly title: string;
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly root: string;
  readonly written: WrittenTask | null;
  /** The connection of the row, if it was one. */
  readonly row: ClusterSnapshot | null;
}

const workerWithinMs = 90_000;

/** Starts a worker that nobody else sends to, sends it the task, and ends it when the task has ended. */
export const runInWorker = async (run: TaskRun, around: Surroundings, parts: Parts): Promise<void> => {
  const { title, folder, root, written, row } = around;
  const cluster = await chooseCluster(row?.clusterId ?? null, parts, title);
  refuseIfReadOnly(title, cluster);
  const name = `debug-${randomBytes(4).toString('hex')}`;
  const queue = queueOf(name);
  await confirmWrite(sending(title, queue), cluster);
  const began = await startAs(queue, () => startStopping(parts, written, brokerConfiguration(run, name, root), folder));
  const { clusterId } = cluster;
  const hasCome = await untilItConsumes(queue, cluster, began, parts);
  if (!hasCome) return;
  const order = { name: run.taskName, argsJson: run.argsJson, kwargsJson: run.kwargsJson, queue };
  const { id } = await parts.backend.request(requests.sendTask, { clusterId, order });
  parts.log.info(`${run.taskName} was sent to ${queue} on ${cluster.name} as ${id}, to be debugged.`);
  const left = vscode.debug.onDidTerminateDebugSession((session) => {
    if (session.id === began.id) void forget(clusterId, queue, parts);
  });
  const stop = (): void => {
    left.dispose();
    void vscode.debug.stopDebugging(began);
  };
  void followSent({ id, name: run.taskName, clusterId }, parts.backend, stop).catch((error) =>
    parts.log.error(`${run.taskName} ${id} is not followed any more.`, error),
  );
};

const sending = (title: string, queue: string) => ({
  title,
  consequence: t(
    'Sends the task to {0}. A worker on this machine runs it against the real services in its settings.',
    queue,
  ),
  action: t('Run'),
  weight: 'plain' as const,
});

/** The session that takes from this queue. */
const startAs = async (queue: string, start: () => Promise<void>): Promise<vscode.DebugSession> => {
  const began = Promise.withResolvers<vscode.DebugSession>();
  const started = vscode.debug.onDidStartDebugSession((session) => {
    const { queues } = session.configuration;
    if (Array.isArray(queues) && queues.includes(queue)) began.resolve(session);
  });
  try {
    await start();
    return await began.promise;
  } finally {
    started.dispose();
  }
};

/** Somebody has stopped the worker before it took the task, perhaps: then nobody else is to find it. */
const forget = async (clusterId: string, queue: string, { backend, log }: Parts): Promise<void> => {
  try {
    await backend.request(requests.purgeQueue, { clusterId, queue });
  } catch (error) {
    log.error(`What waits in ${queue} was not deleted.`, error);
  }
};

/** False: the session ended before. A worker that never comes to this broker has another one in its settings. */
const untilItConsumes = async (
  queue: string,
  cluster: ClusterSnapshot,
  session: vscode.DebugSession,
  { mirror }: Parts,
): Promise<boolean> => {
  const isThere = (): boolean => (mirror.snapshots.get(cluster.clusterId)?.queues[queue]?.workers.length ?? 0) > 0;
  const options = { place: 'notification' as const, title: t('Waiting for the worker on {0}', queue) };
  const came = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => came.reject(new CeleriacError('timeout', neverCame(cluster))), workerWithinMs);
  const listeners = vscode.Disposable.from(
    mirror.onDidChange(() => {
      if (isThere()) came.resolve(true);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      if (id === session.id) came.resolve(false);
    }),
  );
  try {
    return await showProgress(options, () => came.promise);
  } catch (error) {
    await vscode.debug.stopDebugging(session);
    throw error;
  } finally {
    clearTimeout(timer);
    listeners.dispose();
  }
};

const neverCame = ({ name }: ClusterSnapshot): string =>
  t('The worker did not connect to {0}. The app may use another broker; see its log.', name);
