import * as v from 'valibot';
import type { ControlCommandForm, ControlOutcome } from '../../api/control.ts';
import { CeleriacError } from '../../api/errors.ts';
import type { ArgumentParams, TellParams } from '../../api/requests.ts';
import { argumentDefect, readControlArguments } from '../../celery/controlArguments.ts';
import { type ControlMethod, controlMethods, isControlMethod, specOf } from '../../celery/controlCommands.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

const answerWithinMs = 5_000;

/** Telling workers what to do, with what a person typed. */
export const controlArea = (clusters: Clusters): Area<'controlCommands' | 'checkArgument' | 'tellWorkers'> => ({
  schemas: {
    controlCommands: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
    checkArgument: v.object({ method: v.string(), argument: v.string(), text: v.string() }),
    tellWorkers: v.object({ ...ofCluster, method: v.string(), words: texts, destination: v.nullable(texts) }),
  },
  handlers: {
    controlCommands: async () => controlMethods.filter((method) => specOf(method).group === 'control').map(formOf),
    checkArgument: async (params) => defectOf(params),
    tellWorkers: (params) => tell(clusters, params),
  },
});

const formOf = (method: ControlMethod): ControlCommandForm => {
  const { help, writes, positional, named } = specOf(method);
  return { method, help, writes, arguments: [...positional, ...named] };
};

const defectOf = ({ method, argument, text }: ArgumentParams): string | null => {
  const { positional, named } = specOf(knownMethod(method));
  const found = [...positional, ...named].find(({ name }) => name === argument);
  if (!found) throw new CeleriacError('badRequest', `"${method}" takes no argument "${argument}".`);
  return argumentDefect(found, text);
};

const tell = async (clusters: Clusters, params: TellParams): Promise<ControlOutcome> => {
  const method = knownMethod(params.method);
  const values = readControlArguments(method, params.words);
  const { operations } = clusters.get(params.clusterId);
  // How long a shutdown may take is the engine's own business.
  const timeout = method === 'shutdown' ? {} : { timeoutMs: answerWithinMs };
  const { destination } = params;
  return operations.ask({ method, arguments: values, destination, ...timeout });
};

const knownMethod = (method: string): ControlMethod => {
  if (isControlMethod(method)) return method;
  throw new CeleriacError('badRequest', `Workers have no command "${method}".`);
};
