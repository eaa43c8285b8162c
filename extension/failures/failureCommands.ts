import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { shownRedactor } from '../config.ts';
import type { Parts } from '../parts.ts';
import { showBriefly } from '../shown/statusItem.ts';
import { chooseFailure } from './chooseFailure.ts';
import { chooseMute } from './chooseMute.ts';
import { failureReport } from './failureReport.ts';
import type { Occurrences } from './occurrences.ts';
import type { TracebackPages } from './tracebackPages.ts';

export const markSeen = async (row: RowTarget, { backend, mirror }: Parts): Promise<void> => {
  const { cluster, group } = await chooseFailure(row, mirror, t('Mark Failure as Seen'));
  await backend.request(requests.markFailuresSeen, { clusterId: cluster.clusterId, failureIds: [group.id] });
};

export const markAllSeen = async ({ backend, mirror }: Parts): Promise<void> => {
  for (const clusterId of mirror.snapshots.keys())
    await backend.request(requests.markFailuresSeen, { clusterId, failureIds: null });
};

export const muteFailure = async (row: RowTarget, { backend, mirror }: Parts): Promise<void> => {
  const { cluster, group } = await chooseFailure(row, mirror, t('Mute Failure'));
  const mute = await chooseMute();
  await backend.request(requests.muteFailures, { clusterId: cluster.clusterId, failureIds: [group.id], mute });
};

export const unmuteFailure = async (row: RowTarget, { backend, mirror }: Parts): Promise<void> => {
  const { cluster, group } = await chooseFailure(row, mirror, t('Unmute Failure'));
  await backend.request(requests.muteFailures, { clusterId: cluster.clusterId, failureIds: [group.id], mute: null });
};

export const copyFailure = async (row: RowTarget, { mirror }: Parts, occurrences: Occurrences): Promise<void> => {
  const { cluster, group } = await chooseFailure(row, mirror, t('Copy Failure'));
  const latest = await occurrences.latest(cluster.clusterId, group.id);
  await vscode.env.clipboard.writeText(failureReport(group, latest, cluster, shownRedactor()));
  showBriefly(t('Failure copied as Markdown.'), 5_000, 'check');
};

interface TracebackParts {
  readonly parts: Parts;
  readonly occurrences: Occurrences;
  readonly pages: TracebackPages;
}

/** Of a single failure, of any task, or the last one of a group. */
export const openTraceback = async (
  target: RowTarget,
  { parts, occurrences, pages }: TracebackParts,
): Promise<void> => {
  if (target.taskId !== null && target.failureId === null) return openOfTask(target, parts, pages);
  const { cluster, group } = await chooseFailure(target, parts.mirror, t('Open Traceback'));
  const { clusterId } = cluster;
  const found =
    target.taskId === null ? undefined : occurrences.find(clusterId, group.id, target.taskId, target.at ?? Number.NaN);
  const failure = found ?? (await occurrences.latest(clusterId, group.id));
  const taskId = failure?.taskId ?? group.lastTaskId;
  await pages.open({
    clusterId,
    taskId,
    taskName: group.taskName,
    worker: failure?.worker ?? null,
    at: failure?.at ?? group.lastSeenAt,
    exception: failure?.exception ?? `${group.exceptionType}: ${group.message}`,
    traceback: failure?.traceback ?? null,
  });
};

const openOfTask = async ({ clusterId, taskId }: RowTarget, { backend }: Parts, pages: TracebackPages) => {
  if (clusterId === null || taskId === null) return;
  const task = await backend.request(requests.task, { clusterId, id: taskId });
  if (!task?.traceback && !task?.exception)
    throw new CeleriacError('notFound', t('This task has not failed, or its failure is no longer in memory.'));
  const { name, worker, exception, traceback, failedAt, retriedAt } = task;
  await pages.open({ clusterId, taskId, taskName: name, worker, at: failedAt ?? retriedAt, exception, traceback });
};
