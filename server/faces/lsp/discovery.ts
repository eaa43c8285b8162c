import * as v from 'valibot';
import { PythonParser } from '../../language/pythonParser.ts';
import type { Area } from '../../requests/area.ts';
import { texts } from '../../requests/schemas.ts';

/** Finds the brokers that a project names. `grammarFolder` holds the grammar of Python. */
export const discoveryArea = (grammarFolder: string): Area<'discoverBrokers'> => {
  let parser: Promise<PythonParser> | null = null;
  const openParser = (): Promise<PythonParser> => {
    parser ??= PythonParser.open(grammarFolder);
    return parser;
  };
  return {
    schemas: { discoverBrokers: v.object({ folders: texts }) },
    handlers: {
      discoverBrokers: async ({ folders }) => {
        // Readers of YAML and TOML are large, and most windows never ask.
        const { discoverBrokers } = await import('../../discovery/discoverBrokers.ts');
        return discoverBrokers(folders, openParser, process.env);
      },
    },
  };
};
