import * as v from 'valibot';
import { CeleriacError } from '../../api/errors.ts';
import type { KnownTask, SendOrder } from '../../api/sendTask.ts';
import { parseTypedJson } from '../../celery/parseTypedJson.ts';
import { taskNamesIn } from '../../celery/taskNamesIn.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { followTask } from '../../desk/followTask.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster } from '../../requests/schemas.ts';

const answerWithinMs = 1_500;
const seconds = v.pipe(v.number(), v.minValue(0));

const order = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  argsJson: v.string(),
  kwargsJson: v.string(),
  queue: v.pipe(v.string(), v.nonEmpty()),
  priority: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
  countdownSeconds: v.exactOptional(seconds),
  eta: v.exactOptional(v.string()),
  expiresSeconds: v.exactOptional(seconds),
});

/** Sending tasks, what there is to send, and what becomes of it. */
export const sendTaskArea = (clusters: Clusters): Area<'registeredTasks' | 'taskCall' | 'sendTask' | 'followTask'> => ({
  schemas: {
    registeredTasks: v.object(ofCluster),
    taskCall: v.object({ ...ofCluster, id: v.string() }),
    sendTask: v.object({ ...ofCluster, order }),
    followTask: v.object({
      ...ofCluster,
      id: v.string(),
      after: v.nullable(v.string()),
      withinMs: v.pipe(v.number(), v.minValue(0), v.maxValue(12_000)),
    }),
  },
  handlers: {
    registeredTasks: (params) => knownTasks(clusters.get(params.clusterId)),
    taskCall: async ({ clusterId, id }) => {
      const task = await clusters.tasks(clusterId).task(id);
      return task && { name: task.name, queue: task.queue, args: task.args, kwargs: task.kwargs };
    },
    sendTask: async (params) => ({ id: await send(clusters.get(params.clusterId), params.order, Date.now()) }),
    followTask: (params) => followTask(clusters.get(params.clusterId), params),
  },
});

/** A worker that is busy does not answer; what it ran before is known all the same. */
const knownTasks = async (cluster: Cluster): Promise<readonly KnownTask[]> => {
  const { replies } = await cluster.operations.ask({
    method: 'registered',
    arguments: {},
    timeoutMs: answerWithinMs,
  });
  const workers = new Map<string, string[]>();
  for (const { name } of cluster.state.typeStats(Date.now())) workers.set(name, []);
  for (const reply of replies) {
    if (reply.kind !== 'answered') continue;
    for (const name of taskNamesIn(reply.value)) workers.set(name, [...(workers.get(name) ?? []), reply.hostname]);
  }
  return [...workers]
    .map(([name, hostnames]): KnownTask => ({ name, workers: hostnames }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
};

const send = (cluster: Cluster, typed: SendOrder, now: number): Promise<string> => {
  const { name, queue, priority, countdownSeconds, expiresSeconds } = typed;
  const args = readJson(typed.argsJson, 'args');
  if (!Array.isArray(args)) throw new CeleriacError('badRequest', 'The args are a JSON array, such as [1, "two"].');
  const kwargs = readJson(typed.kwargsJson, 'kwargs');
  if (typeof kwargs !== 'object' || kwargs === null || Array.isArray(kwargs))
    throw new CeleriacError('badRequest', 'The kwargs are a JSON object, such as {"to": "anna"}.');
  const eta = countdownSeconds === undefined ? typed.eta : isoAfter(now, countdownSeconds);
  return cluster.operations.send({
    name,
    queue,
    args,
    kwargs: { ...kwargs },
    ...(priority === undefined ? {} : { priority }),
    ...(eta === undefined ? {} : { eta }),
    ...(expiresSeconds === undefined ? {} : { expires: isoAfter(now, expiresSeconds) }),
  });
};

const isoAfter = (now: number, seconds: number): string => new Date(now + seconds * 1_000).toISOString();

const readJson = (text: string, name: string): unknown => {
  const value = parseTypedJson(text);
  if (value !== undefined) return value;
  throw new CeleriacError('badRequest', `The ${name} are not JSON.`);
};
