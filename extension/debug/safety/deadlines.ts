import type { DebugTarget, RunningTarget } from '../../../server/api/debugging.ts';

/**
 * What comes about while somebody looks at a task. `killed`: the hard time limit ends its process. `interrupted`: the soft
 * one raises SoftTimeLimitExceeded in it. `deliveredAgain`: the broker takes its worker for dead and hands it to another.
 */
export interface Deadline {
  readonly kind: 'killed' | 'interrupted' | 'deliveredAgain';
  /** Milliseconds since 1970, by our clock. */
  readonly at: number;
  readonly limitSeconds: number;
}

export interface TimedTask {
  readonly task: RunningTarget;
  readonly target: Pick<DebugTarget, 'pool' | 'visibilityTimeoutSeconds'>;
  /** What to add to the worker's times to have ours. */
  readonly driftMs: number;
}

/** celery/concurrency: the other pools take time limits and do nothing with them. */
const limitingPools: ReadonlySet<string> = new Set(['prefork', 'processes', 'gevent']);

/** The first comes first. Empty: nothing ends it, or nobody knows since when it runs. */
export const deadlinesOf = ({ task, target, driftMs }: TimedTask): readonly Deadline[] => {
  const { receivedAt, startedAt, hardLimitSeconds, softLimitSeconds, acksLate } = task;
  const isLimited = target.pool === null || limitingPools.has(target.pool);
  const after = (kind: Deadline['kind'], since: number | null, limitSeconds: number | null): Deadline[] =>
    since === null || limitSeconds === null || limitSeconds <= 0
      ? []
      : [{ kind, at: since + driftMs + limitSeconds * 1_000, limitSeconds }];
  return [
    ...after('killed', startedAt, isLimited ? hardLimitSeconds : null),
    ...after('interrupted', startedAt, isLimited ? softLimitSeconds : null),
    ...after('deliveredAgain', receivedAt ?? startedAt, acksLate === true ? target.visibilityTimeoutSeconds : null),
  ].sort((a, b) => a.at - b.at);
};
