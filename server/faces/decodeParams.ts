import * as v from 'valibot';
import { CeleriacError } from '../api/errors.ts';
import type { ParamsOf, requests } from '../api/requests.ts';

const tls = v.object({
  caFile: v.exactOptional(v.string()),
  certFile: v.exactOptional(v.string()),
  keyFile: v.exactOptional(v.string()),
  verify: v.exactOptional(v.boolean()),
});

const connection = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  url: v.string(),
  transportOptions: v.record(v.string(), v.unknown()),
  tls: v.exactOptional(tls),
  workerLostAfterMs: v.pipe(v.number(), v.minValue(1_000)),
  maxTasks: v.pipe(v.number(), v.integer(), v.minValue(1)),
  refreshIntervalMs: v.exactOptional(v.pipe(v.number(), v.minValue(500))),
});

const cluster = v.object({ clusterId: v.string() });

/** What each request must look like when it arrives from another process. */
const schemas = {
  handshake: v.object({ apiVersion: v.number() }),
  openCluster: v.object({ connection, historyFolder: v.nullable(v.string()) }),
  closeCluster: cluster,
  refreshCluster: cluster,
  inspectMethods: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
  inspect: v.object({
    clusterId: v.string(),
    method: v.string(),
    words: v.array(v.string()),
    destination: v.nullable(v.array(v.string())),
  }),
  snapshot: cluster,
} satisfies { [K in keyof typeof requests]: v.GenericSchema<unknown, ParamsOf<(typeof requests)[K]>> };

export const decodeParams = <K extends keyof typeof requests>(
  name: K,
  params: unknown,
): ParamsOf<(typeof requests)[K]> => {
  const decoded = v.safeParse(schemas[name], params);
  if (!decoded.success) {
    const issue = decoded.issues[0];
    throw new CeleriacError(
      'badRequest',
      `The request "${name}" is not well formed: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`,
    );
  }
  return decoded.output as ParamsOf<(typeof requests)[K]>;
};
