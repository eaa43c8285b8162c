import * as v from 'valibot';
import type { Area } from '../../requests/area.ts';
import { texts, time } from '../../requests/schemas.ts';
import type { CodeRequest } from './codeHandlers.ts';

const ofCode = {
  folders: texts,
  unsaved: v.array(v.object({ file: v.string(), text: v.string() })),
  revision: v.number(),
};

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.object({ ...ofCode, file: v.string(), line: place, column: place });

const nodeFigures = v.object({ running: v.number(), waiting: v.number(), runs: v.number(), failed: v.number() });

const liveFacts = v.object({
  workers: v.array(
    v.object({
      hostname: v.string(),
      tasks: texts,
      settings: v.nullable(v.record(v.string(), v.unknown())),
      queues: texts,
    }),
  ),
  isComplete: v.boolean(),
  p95Seconds: v.record(v.string(), v.number()),
});

/** What the workspace's code says of Celery, for the features of the editor. It is read, never run. */
export const codeArea = (): Area<CodeRequest> => {
  let loaded: Promise<Area<CodeRequest>['handlers']> | null = null;
  const code = () => {
    loaded ??= import('./codeHandlers.ts').then(({ codeHandlers }) => codeHandlers());
    return loaded;
  };
  return {
    schemas: {
      codeProblems: v.object({ ...ofCode, rules: v.record(v.string(), v.record(v.string(), v.string())) }),
      codeTasks: v.object({ ...ofCode, file: v.nullable(v.string()) }),
      codeTaskAt: v.object({ ...position.entries, now: time }),
      codeComplete: position,
      codeSignature: position,
      codeUses: v.object({ ...ofCode, taskName: v.string() }),
      codeCalls: v.object({ ...ofCode, taskName: v.string() }),
      codeCallFit: v.object({ ...ofCode, taskName: v.string(), argsJson: v.string(), kwargsJson: v.string() }),
      codeCrontab: v.object({ ...position.entries, now: time }),
      codeGraph: v.object({
        ...ofCode,
        clusterId: v.nullable(v.string()),
        figures: v.exactOptional(v.record(v.string(), nodeFigures)),
      }),
      codeDrift: v.object({ ...ofCode, clusterId: v.string(), facts: v.exactOptional(liveFacts) }),
      codeSummary: v.object(ofCode),
    },
    handlers: {
      codeProblems: async (params) => (await code()).codeProblems(params),
      codeTasks: async (params) => (await code()).codeTasks(params),
      codeTaskAt: async (params) => (await code()).codeTaskAt(params),
      codeComplete: async (params) => (await code()).codeComplete(params),
      codeSignature: async (params) => (await code()).codeSignature(params),
      codeUses: async (params) => (await code()).codeUses(params),
      codeCalls: async (params) => (await code()).codeCalls(params),
      codeCallFit: async (params) => (await code()).codeCallFit(params),
      codeCrontab: async (params) => (await code()).codeCrontab(params),
      codeGraph: async (params) => (await code()).codeGraph(params),
      codeDrift: async (params) => (await code()).codeDrift(params),
      codeSummary: async (params) => (await code()).codeSummary(params),
    },
  };
};
