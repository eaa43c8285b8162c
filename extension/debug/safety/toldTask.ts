import * as v from 'valibot';
import type { RunningTarget } from '../../../server/api/debugging.ts';

/** The name of the event by which a debug adapter says in which task it stands. */
export const taskEvent = 'celeryTask';

const seconds = v.nullable(v.number());

/** A task as its own process knows it. */
export const toldTask = v.object({
  name: v.string(),
  id: v.string(),
  limits: v.object({ hardSeconds: seconds, softSeconds: seconds, acksLate: v.boolean() }),
});
export type ToldTask = v.InferOutput<typeof toldTask>;

/** Null: the body of the event is something else. */
export const readToldTask = (body: unknown): ToldTask | null => {
  const read = v.safeParse(toldTask, body);
  return read.success ? read.output : null;
};

/** Its message may bring limits of its own; those of the whole worker only the worker knows. */
export const withToldLimits = (task: RunningTarget, told: ToldTask | null): RunningTarget =>
  told === null
    ? task
    : {
        ...task,
        hardLimitSeconds: told.limits.hardSeconds ?? task.hardLimitSeconds,
        softLimitSeconds: told.limits.softSeconds ?? task.softLimitSeconds,
        acksLate: told.limits.acksLate,
      };
