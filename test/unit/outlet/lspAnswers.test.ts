import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChangeBatch } from '../../../server/api/change.ts';
import { exactRequests, type ParamsOf, type requests } from '../../../server/api/requests.ts';
import type { Clusters } from '../../../server/cluster/clusters.ts';
import { TaskDesk } from '../../../server/cluster/taskDesk.ts';
import { everyAnswer, requestNames } from '../../../server/faces/lsp/everyAnswer.ts';
import { workspaceAreas } from '../../../server/faces/lsp/workspaceAreas.ts';
import { aLeakyCluster, planted, taskId } from './aLeakyCluster.ts';

type Name = keyof typeof requests;

const { cluster, emit, stop } = await aLeakyCluster();
after(stop);
const desk = new TaskDesk(cluster.connection, cluster, cluster.history);
const clusters: Pick<Clusters, 'get' | 'tasks' | 'outlet' | 'start' | 'stop'> = {
  get: () => cluster,
  tasks: () => desk,
  outlet: () => cluster.outlet,
  start: async () => cluster,
  stop: async () => undefined,
};
const batches: ChangeBatch[] = [];
const answer = everyAnswer({
  clusters: clusters as Clusters,
  workspace: workspaceAreas(),
  publish: (batch) => void batches.push(batch),
  translate: () => null,
});

const of = { clusterId: 'shop' };
const code = { folders: [], unsaved: [], revision: 0 };
const order = { name: 'shop.login', argsJson: '[]', kwargsJson: '{"password":"hunter2"}', queue: 'celery' };

const params: { readonly [K in Name]: ParamsOf<(typeof requests)[K]> } = {
  handshake: { apiVersion: 1 },
  discoverBrokers: { folders: [] },
  openCluster: { connection: cluster.connection, historyFolder: null },
  closeCluster: of,
  refreshCluster: of,
  lookAtCluster: of,
  testConnection: { connection: cluster.connection },
  inspectMethods: {},
  answer: { ...of, kind: 'inspect', method: 'conf', words: [], destination: null },
  controlCommands: {},
  checkArgument: { method: 'pool_grow', argument: 'n', text: 'password=hunter' },
  tellWorkers: { ...of, method: 'pool_grow', words: [], destination: null },
  queueDepth: { ...of, queue: 'celery' },
  peekQueue: { ...of, queue: 'celery', limit: 1 },
  peekingTouches: of,
  purgeQueue: { ...of, queue: 'celery' },
  registeredTasks: of,
  taskLimits: { ...of, taskName: 'lab.echo' },
  sendTask: { ...of, order },
  followTask: { ...of, id: taskId, after: null, withinMs: 0 },
  taskResult: { ...of, id: taskId },
  queryTasks: { ...of, query: {} },
  taskWindow: { ...of, query: {}, offset: 0, limit: 10, order: null, isWhole: true },
  task: { ...of, id: taskId },
  taskCall: { ...of, id: taskId },
  taskDetail: { ...of, id: taskId },
  stats: { ...of, kind: 'type' },
  workerDetails: { ...of, hostnames: ['w@1'] },
  dumpTarget: { ...of, hostname: 'w@1', logFiles: [] },
  dumpThreads: { ...of, hostname: 'w@1', logFiles: [] },
  quietWorkers: of,
  taskTypes: of,
  dashboard: { ...of, from: Date.now() - 60_000, filter: null },
  names: { ...of, kind: 'type' },
  failureOccurrences: { ...of, failureId: cluster.failures.all[0]?.id ?? '' },
  markFailuresSeen: { ...of, failureIds: null },
  muteFailures: { ...of, failureIds: [], mute: null },
  acknowledgeAlert: { ...of, alertId: '' },
  muteAlert: { ...of, alertId: '', until: null },
  setHealthRules: { ...of, rules: {} },
  celeryApps: { folders: [] },
  celeryCode: { folders: [], file: '/a.py', text: '' },
  codeCallFit: { ...code, taskName: 'shop.login', argsJson: '[]', kwargsJson: '{}' },
  codeCrontab: { ...code, file: '/a.py', line: 0, column: 0, now: 0 },
  codeGraph: { ...code, clusterId: null },
  codeDrift: { ...code, clusterId: 'shop' },
  codeSummary: code,
  codeCalls: { ...code, taskName: 'shop.login' },
  codeComplete: { ...code, file: '/a.py', line: 0, column: 0 },
  codeSignature: { ...code, file: '/a.py', line: 0, column: 0 },
  codeProblems: { ...code, rules: {} },
  codeTaskAt: { ...code, file: '/a.py', line: 0, column: 0, now: 0 },
  codeTasks: { ...code, file: null },
  codeUses: { ...code, taskName: 'shop.login' },
  findFrame: { folders: [], mappings: {}, file: '/a.py', line: 1, function: '' },
  taskDefinitions: { folders: [], taskName: 'shop.login' },
  debugTarget: { ...of, hostname: null, taskId },
  processReach: { pid: process.pid },
  probeDebugpy: { host: '127.0.0.1', port: 1, count: 1 },
  lookForRdb: { heard: [] },
  followLogs: { patterns: [] },
  rdbListeners: { port: 6899, count: 1 },
  snapshot: of,
};

for (const name of requestNames.filter((each) => !Object.hasOwn(exactRequests, each)))
  test(`the answer to "${name}" holds no secret`, async () => {
    const reply = await answer(name, params[name]);
    assert.doesNotMatch(JSON.stringify(reply), planted);
  });

for (const question of [
  { kind: 'inspect', method: 'report', words: [], destination: null },
  { kind: 'inspect', method: 'query_task', words: [taskId], destination: null },
  { kind: 'inspect', method: 'stats', words: [], destination: null },
  { kind: 'peek', queue: 'celery', limit: 5 },
  { kind: 'audit' },
  { kind: 'alerts' },
] as const)
  test(`the page "${question.kind} ${'method' in question ? question.method : ''}" holds no secret`, async () => {
    const { result, error } = await answer('answer', { ...of, ...question });
    assert.equal(error, null);
    assert.doesNotMatch(JSON.stringify(result), planted);
  });

test('what is sent again is told as it was', async () => {
  const { result } = await answer('taskCall', params.taskCall);
  assert.deepEqual(result, {
    name: 'shop.login',
    queue: null,
    args: "('redis://u:hunter2@h/0', 'x')",
    kwargs: "{'password': 'hunter2', 'n': 1}",
  });
});

test('no batch of changes holds a secret', async () => {
  await answer('openCluster', params.openCluster);
  emit();
  const isTold = () => batches.some(({ changes }) => changes.some(({ kind }) => kind === 'failure'));
  assert.ok(await cluster.until(isTold, 5_000));
  assert.doesNotMatch(JSON.stringify(batches), planted);
});
