import * as v from 'valibot';
import type { InspectMethod } from '../../api/inspect.ts';
import { controlMethods, signatureOf, specOf } from '../../celery/controlCommands.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

const command = v.object({
  method: v.string(),
  arguments: v.record(v.string(), v.unknown()),
  destination: v.exactOptional(v.nullable(texts)),
  pattern: v.exactOptional(v.nullable(v.string())),
  matcher: v.exactOptional(v.nullable(v.picklist(['glob', 'pcre']))),
  timeoutMs: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});

/** What workers can be asked and told. */
export const workersArea = (clusters: Clusters): Area<'inspectMethods' | 'control'> => ({
  schemas: {
    inspectMethods: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
    control: v.object({ ...ofCluster, command }),
  },
  handlers: {
    inspectMethods: async () => inspectMethods(),
    control: async (params) => clusters.get(params.clusterId).operations.ask(params.command),
  },
});

/** What workers can be asked without anything being different afterwards. */
const inspectMethods = (): InspectMethod[] =>
  controlMethods
    .filter((method) => specOf(method).group === 'inspect')
    .map((method) => {
      const { help, positional, named } = specOf(method);
      return { method, help, signature: signatureOf(method), arguments: [...positional, ...named] };
    });
