import * as v from 'valibot';
import type { InspectMethod } from '../../api/inspect.ts';
import { controlMethods, signatureOf, specOf } from '../../celery/controlCommands.ts';
import type { Area } from '../../requests/area.ts';

/** What workers can be asked. */
export const workersArea: Area<'inspectMethods'> = {
  schemas: {
    inspectMethods: v.object({}) as v.GenericSchema<unknown, Record<string, never>>,
  },
  handlers: {
    inspectMethods: async () => inspectMethods(),
  },
};

/** What workers can be asked without anything being different afterwards. */
const inspectMethods = (): InspectMethod[] =>
  controlMethods
    .filter((method) => specOf(method).group === 'inspect')
    .map((method) => {
      const { help, positional, named } = specOf(method);
      return { method, help, signature: signatureOf(method), arguments: [...positional, ...named] };
    });
