import * as v from 'valibot';
import { CeleriacError } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import type { SendOrder } from '../../api/sendTask.ts';
import { isRecord } from '../../celery/isRecord.ts';
import { parseTypedJson } from '../../celery/parseTypedJson.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { followTask } from '../../desk/followTask.ts';
import { registeredTasks } from '../../desk/registeredTasks.ts';
import { checkTask, sendTask } from '../../desk/sendTask.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster } from '../../requests/schemas.ts';

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
    registeredTasks: (params) => registeredTasks(clusters.get(params.clusterId), Date.now()),
    taskCall: async ({ clusterId, id }) => {
      const task = await clusters.tasks(clusterId).task(id);
      return task && { name: task.name, queue: task.queue, args: task.args, kwargs: task.kwargs };
    },
    sendTask: async (params) => ({ id: await send(clusters.get(params.clusterId), params.order, Date.now()) }),
    followTask: (params) => followTask(clusters.get(params.clusterId), params),
  },
});

const send = (cluster: Cluster, typed: SendOrder, now: number): Promise<string> => {
  const { name, queue, priority, countdownSeconds, expiresSeconds: expires } = typed;
  const args = readJson(typed.argsJson, 'args');
  if (!Array.isArray(args)) throw new CeleriacError('badRequest', phrase('send.argsArray'));
  const kwargs = readJson(typed.kwargsJson, 'kwargs');
  if (!isRecord(kwargs)) throw new CeleriacError('badRequest', phrase('send.kwargsObject'));
  const eta = countdownSeconds ?? typed.eta;
  return sendTask(cluster, checkTask({ name, queue, args, kwargs, priority, eta, expires }, now));
};

const readJson = (text: string, name: string): unknown => {
  const value = parseTypedJson(text);
  if (value !== undefined) return value;
  throw new CeleriacError('badRequest', phrase('send.notJson', { field: name }));
};
