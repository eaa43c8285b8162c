import * as v from 'valibot';

/** What a debug session stands in: a field of its configuration, so that its clock knows what to count for. */
const sessionTarget = v.object({
  clusterId: v.string(),
  hostname: v.string(),
  taskId: v.nullable(v.string()),
});
export type SessionTarget = v.InferOutput<typeof sessionTarget>;

/** The name of that field. */
export const targetField = 'celeryTarget';

/** Null: the session is about nothing that is known. */
export const readSessionTarget = (configuration: Readonly<Record<string, unknown>>): SessionTarget | null => {
  const read = v.safeParse(sessionTarget, configuration[targetField]);
  return read.success ? read.output : null;
};
