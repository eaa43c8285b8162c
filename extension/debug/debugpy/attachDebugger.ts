import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DebugTarget } from '../../../server/api/debugging.ts';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { ClusterSnapshot } from '../../../server/api/model.ts';
import { requests } from '../../../server/api/requests.ts';
import type { RowTarget } from '../../commands/rowTarget.ts';
import type { Parts } from '../../parts.ts';
import { chooseCluster } from '../../pick/chooseCluster.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { showInformation } from '../../shown/messages.ts';
import { beforeAttach } from '../beforeAttach.ts';
import { startSession } from '../launch/startSession.ts';
import { findAdapterPython } from './adapterPython.ts';
import { findPort, typePlace } from './askListening.ts';
import { attachRequest, type ReachedBy } from './attachRequest.ts';
import { type AttachFacts, type AttachWay, type ListeningPlace, sureWay, wayChoices } from './attachWays.ts';
import { chooseProcess } from './chooseProcess.ts';
import { chooseTarget } from './chooseTarget.ts';
import { listenSnippet } from './listenSnippet.ts';
import type { ChosenProcess } from './meantProcess.ts';
import { offerNextRun } from './offerNextRun.ts';
import { askRemoteFolder, mappingOf } from './remoteFolder.ts';
import type { CeleryConfiguration } from './toDebugpy.ts';
import type { WorkerPlaces } from './workerPlaces.ts';

/** From a row, or from nothing, to a debug session in the process that runs it. */
export const attachDebugger = async (row: RowTarget, parts: Parts, places: WorkerPlaces): Promise<void> => {
  const configuration = await attachConfiguration(row, parts, places);
  if (configuration === null) return;
  await startSession(parts, { ...configuration }, vscode.workspace.workspaceFolders?.[0]);
};

/** Null: there is nothing to start, because something else was chosen. */
export const attachConfiguration = async (
  row: Pick<RowTarget, 'clusterId' | 'hostname' | 'taskId' | 'pid'>,
  parts: Parts,
  places: WorkerPlaces,
): Promise<CeleryConfiguration | null> => {
  const { clusterId, hostname } = row;
  const cluster = await chooseCluster(clusterId, parts, t('Attach Debugger'));
  const asked = (hostname ?? row.taskId) ? { hostname, taskId: row.taskId } : await chooseTarget(cluster, parts);
  const target = await parts.backend.request(requests.debugTarget, { clusterId: cluster.clusterId, ...asked });
  refuseGreen(target);
  const isOver = asked.taskId !== null && target.task === null;
  const taskId = isOver ? await offerNextRun(cluster, asked.taskId, target, parts) : asked.taskId;
  const chosen = await chooseProcess(target, { taskId, pid: row.pid });
  const way = await chooseWay(cluster, target, chosen, parts, places);
  return way === null ? null : enter(cluster, target, chosen, way, parts, places);
};

type UsedWay = Exclude<AttachWay, { kind: 'makeListen' }>;

const enter = async (
  cluster: ClusterSnapshot,
  target: DebugTarget,
  { pid, task }: ChosenProcess,
  way: UsedWay,
  parts: Parts,
  places: WorkerPlaces,
): Promise<CeleryConfiguration> => {
  const { clusterId } = cluster;
  const { hostname } = target;
  const first = way.kind === 'type' ? await typePlace(target) : way.kind === 'search' ? way.place : null;
  const found =
    way.kind === 'listening'
      ? await findPort(way.place, target, pid, parts, 1)
      : first && (await findPort(first, target, pid, parts));
  const folder = await askRemoteFolder(target, places.of(clusterId, hostname)?.folder, way.kind === 'type');
  const stopped = task ?? target.running.find((each) => each.pid === found?.pid) ?? null;
  await beforeAttach({ debugger: 'debugpy', cluster, target: { ...target, task: stopped } });
  if (first) await places.remember(clusterId, hostname, { ...first, folder });
  const reached = reachedBy(way, found);
  return attachRequest({ clusterId, target, task: stopped, way: reached, pathMappings: mappingOf(folder) });
};

const reachedBy = (way: UsedWay, found: ListeningPlace | null): ReachedBy => {
  if (way.kind === 'inject') return way;
  if (found) return { kind: 'listening', place: found };
  throw new CeleriacError('internal', 'Nothing was found to attach to.');
};

const chooseWay = async (
  cluster: ClusterSnapshot,
  target: DebugTarget,
  { pid }: ChosenProcess,
  parts: Parts,
  places: WorkerPlaces,
): Promise<UsedWay | null> => {
  const isHere = target.place === 'here' && pid !== null;
  const reach = isHere ? await parts.backend.request(requests.processReach, { pid }) : null;
  const python =
    reach && reach.obstacle === null ? await findAdapterPython(parts, reach.pythons).catch(() => null) : null;
  const facts: AttachFacts = { target, pid, reach, python, remembered: places.of(cluster.clusterId, target.hostname) };
  const sure = sureWay(facts);
  const way = sure ?? (await pickWay(facts));
  if (way.kind !== 'makeListen') return way;
  await vscode.env.clipboard.writeText(listenSnippet);
  await showInformation(
    t('Copied. Paste it into the file of your Celery app, then start the worker with CELERIAC_DEBUG_PORT=5680.'),
  );
  return null;
};

const pickWay = async (facts: AttachFacts): Promise<AttachWay> => {
  const items = wayChoices(facts);
  const title = t('Attach Debugger to {0}', facts.target.hostname);
  const { way, detail } = await pickOne(items, { title, placeHolder: t('Select how to reach the process') });
  if (way === null) throw new CeleriacError('unsupported', detail);
  return way;
};

/** gevent and eventlet swap what debuggers rely on: the whole worker would hang. */
const refuseGreen = ({ pool, hostname }: DebugTarget): void => {
  if (pool !== 'gevent' && pool !== 'eventlet') return;
  throw new CeleriacError(
    'unsupported',
    t(
      '{0} runs a {1} pool, which debugpy can stop only as a whole. Debug the task in a worker with --pool=solo.',
      hostname,
      pool,
    ),
  );
};
