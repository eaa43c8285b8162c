import * as v from 'valibot';
import type { Area } from '../../requests/area.ts';
import { texts } from '../../requests/schemas.ts';

/** Finds the brokers that a project names. */
export const discoveryArea: Area<'discoverBrokers'> = {
  schemas: { discoverBrokers: v.object({ folders: texts }) },
  handlers: {
    discoverBrokers: async ({ folders }) => {
      // Readers of YAML and TOML are large, and most windows never ask.
      const { discoverBrokers } = await import('../../discovery/discoverBrokers.ts');
      return discoverBrokers(folders, process.env);
    },
  },
};
