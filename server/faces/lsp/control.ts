import * as v from 'valibot';
import type { ControlCommandForm, ControlOutcome } from '../../api/control.ts';
import { CeleriacError } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import type { ArgumentParams, TellParams } from '../../api/requests.ts';
import { argumentDefect } from '../../celery/controlArguments.ts';
import { type ControlMethod, controlMethods, specOf } from '../../celery/controlCommands.ts';
import type { Clusters } from '../../cluster/clusters.ts';
import { readTaskLimits } from '../../desk/readTaskLimits.ts';
import { knownMethod, readWorkerCommand, tellWorkers, usualTimeoutMs } from '../../desk/tellWorkers.ts';
import type { Area } from '../../requests/area.ts';
import { ofCluster, texts } from '../../requests/schemas.ts';

const answerWithinMs = 5_000;

/** Telling workers what to do, with what a person typed. */
export const controlArea = (
  clusters: Clusters,
): Area<'controlCommands' | 'checkArgument' | 'taskLimits' | 'tellWorkers'> => ({
  schemas: {
    controlCommands: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
    checkArgument: v.object({ method: v.string(), argument: v.string(), text: v.string() }),
    taskLimits: v.object({ ...ofCluster, taskName: v.string() }),
    tellWorkers: v.object({ ...ofCluster, method: v.string(), words: texts, destination: v.nullable(texts) }),
  },
  handlers: {
    controlCommands: async () => controlMethods.filter((method) => specOf(method).group === 'control').map(formOf),
    checkArgument: async (params) => defectOf(params),
    taskLimits: ({ clusterId, taskName }) => readTaskLimits(clusters.get(clusterId), taskName),
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
  if (!found) throw new CeleriacError('badRequest', phrase('control.noArgument', { method, argument }));
  return argumentDefect(found, text);
};

const tell = async (
  clusters: Clusters,
  { clusterId, method, words, destination }: TellParams,
): Promise<ControlOutcome> => {
  const command = readWorkerCommand(method, words);
  const timeoutMs = usualTimeoutMs(command.method, answerWithinMs);
  return tellWorkers(clusters.get(clusterId), command, { destination, timeoutMs });
};
