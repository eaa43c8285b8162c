import type { LiveFacts } from '../api/codePages.ts';
import { listOf, textField } from '../celery/field.ts';
import { taskNamesIn } from '../celery/taskNamesIn.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { inSlices } from '../cluster/inSlices.ts';

const answerWithinMs = 2_000;

/** What the workers of a cluster say of themselves, to compare with code. */
export const driftFacts = async ({ operations, state }: Pick<Cluster, 'operations' | 'state'>): Promise<LiveFacts> => {
  const ask = async (method: string): Promise<ReadonlyMap<string, unknown>> => {
    const { replies } = await operations.inspect({ method, arguments: {}, timeoutMs: answerWithinMs });
    return new Map(replies.flatMap((reply) => (reply.kind === 'answered' ? [[reply.hostname, reply.value]] : [])));
  };
  const [tasks, settings, queues] = await Promise.all([ask('registered'), ask('conf'), ask('active_queues')]);
  const online = [...state.workers.values()].filter(({ status }) => status === 'online');
  const types = await inSlices(state.statsInSlices('type', Date.now()));
  return {
    workers: [...tasks].map(([hostname, names]) => ({
      hostname,
      tasks: taskNamesIn(names),
      settings: settingsOf(settings.get(hostname)),
      queues: listOf(queues.get(hostname)).map((each) => textField(each, 'name')),
    })),
    isComplete: online.length > 0 && online.every(({ hostname }) => tasks.has(hostname) && queues.has(hostname)),
    p95Seconds: Object.fromEntries(
      types.flatMap(({ name, windows }) => {
        const p95 = windows.find(({ minutes }) => minutes === 60)?.runtime.p95;
        return p95 === null || p95 === undefined ? [] : [[name, p95]];
      }),
    ),
  };
};

const settingsOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
