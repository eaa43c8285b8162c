import * as v from 'valibot';
import type { Area } from '../../requests/area.ts';
import { texts } from '../../requests/schemas.ts';
import type { LanguageRequest } from './codeHandlers.ts';

/** What the workspace's own code says. It is read, never run. */
export const languageArea = (): Area<LanguageRequest> => {
  let loaded: Promise<Area<LanguageRequest>['handlers']> | null = null;
  const language = () => {
    loaded ??= import('./codeHandlers.ts').then(({ languageHandlers }) => languageHandlers());
    return loaded;
  };
  return {
    schemas: {
      celeryApps: v.object({ folders: texts }),
      celeryCode: v.object({ folders: texts, file: v.string(), text: v.string() }),
      findFrame: v.object({
        folders: texts,
        mappings: v.record(v.string(), v.string()),
        file: v.string(),
        line: v.number(),
        function: v.string(),
      }),
      taskDefinitions: v.object({ folders: texts, taskName: v.string() }),
    },
    handlers: {
      celeryApps: async (params) => (await language()).celeryApps(params),
      celeryCode: async (params) => (await language()).celeryCode(params),
      findFrame: async (params) => (await language()).findFrame(params),
      taskDefinitions: async (params) => (await language()).taskDefinitions(params),
    },
  };
};
