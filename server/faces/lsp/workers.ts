import * as v from 'valibot';
import type { Clusters } from '../../cluster/clusters.ts';
import { inspect, inspectMethods } from '../inspectDocument.ts';
import type { Area } from './area.ts';
import { ofCluster, texts } from './schemas.ts';

const command = v.object({
  method: v.string(),
  arguments: v.record(v.string(), v.unknown()),
  destination: v.exactOptional(v.nullable(texts)),
  pattern: v.exactOptional(v.nullable(v.string())),
  matcher: v.exactOptional(v.nullable(v.picklist(['glob', 'pcre']))),
  timeoutMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});

/** What workers can be asked and told. */
export const workersArea = (clusters: Clusters): Area<'inspectMethods' | 'inspect' | 'control'> => ({
  schemas: {
    inspectMethods: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
    inspect: v.object({ ...ofCluster, method: v.string(), words: texts, destination: v.nullable(texts) }),
    control: v.object({ ...ofCluster, command }),
  },
  handlers: {
    inspectMethods: async () => inspectMethods(),
    inspect: async (params) => inspect(clusters.get(params.clusterId), params, Date.now()),
    control: async (params) => clusters.get(params.clusterId).operations.ask(params.command),
  },
});
