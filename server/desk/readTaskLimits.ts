import type { TaskLimits } from '../api/control.ts';
import { attributesIn } from '../celery/taskNamesIn.ts';
import type { Cluster } from '../cluster/cluster.ts';

const answerWithinMs = 1_500;
const attributes = ['rate_limit', 'soft_time_limit', 'time_limit'];

/** The limits of one task as workers report them. Workers that disagree are rare: the first that has a limit counts. */
export const readTaskLimits = async (
  { operations }: Pick<Cluster, 'operations'>,
  taskName: string,
): Promise<TaskLimits> => {
  const ask = { method: 'registered', arguments: { taskinfoitems: attributes }, timeoutMs: answerWithinMs };
  const { replies } = await operations.inspect(ask);
  const reported = replies.flatMap((reply) => (reply.kind === 'answered' ? attributesIn(reply.value, taskName) : []));
  const first = (name: string): string | null => reported.find(([key]) => key === name)?.[1] ?? null;
  return {
    rateLimit: limited(first('rate_limit')),
    softSeconds: secondsOf(first('soft_time_limit')),
    hardSeconds: secondsOf(first('time_limit')),
  };
};

/** Celery keeps a removed limit as 0. */
const limited = (rate: string | null): string | null =>
  rate === null || /^0+(\.0*)?(\/[smh])?$/.test(rate) ? null : rate;

const secondsOf = (text: string | null): number | null => {
  const seconds = Number(text ?? Number.NaN);
  return seconds > 0 && Number.isFinite(seconds) ? seconds : null;
};
