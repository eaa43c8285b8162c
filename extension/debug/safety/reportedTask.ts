import * as v from 'valibot';
import type { RunningTarget } from '../../../server/api/debugging.ts';

/** The name of the event by which a debug adapter reports the task in which it is paused. */
export const taskEvent = 'celeryTask';

const seconds = v.nullable(v.number());

/** A task as its own process knows it. */
export const reportedTask = v.object({
  name: v.string(),
  id: v.string(),
  limits: v.object({ hardSeconds: seconds, softSeconds: seconds, acksLate: v.boolean() }),
});
export type ReportedTask = v.InferOutput<typeof reportedTask>;

/** Null: the body of the event is something else. */
export const readReportedTask = (body: unknown): ReportedTask | null => {
  const read = v.safeParse(reportedTask, body);
  return read.success ? read.output : null;
};

/** The message of a task may set its own limits; those of the worker are known only to the worker. */
export const withReportedLimits = (task: RunningTarget, reported: ReportedTask | null): RunningTarget =>
  reported === null
    ? task
    : {
        ...task,
        hardLimitSeconds: reported.limits.hardSeconds ?? task.hardLimitSeconds,
        softLimitSeconds: reported.limits.softSeconds ?? task.softLimitSeconds,
        acksLate: reported.limits.acksLate,
      };
