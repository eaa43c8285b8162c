import * as v from 'valibot';
import { celeryApps, celeryCode } from '../../language/celeryCode.ts';
import { findFrame } from '../../language/frames.ts';
import { listPythonFiles } from '../../language/pythonFiles.ts';
import { PythonParser } from '../../language/pythonParser.ts';
import { TaskIndex } from '../../language/taskIndex.ts';
import type { Area } from '../../requests/area.ts';
import { texts } from '../../requests/schemas.ts';

/** A workspace with more Python files than this is looked at in part. */
const fileLimit = 20_000;

/** What the workspace's own code says. It is read, never run. `grammarFolder` holds the parser's files. */
export const languageArea = (
  grammarFolder: string,
): Area<'celeryApps' | 'celeryCode' | 'findFrame' | 'taskDefinitions'> => {
  let parser: Promise<PythonParser> | null = null;
  const openParser = (): Promise<PythonParser> => {
    parser ??= PythonParser.open(grammarFolder);
    return parser;
  };
  const index = new TaskIndex(openParser);
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
      celeryApps: (params) => celeryApps(params, openParser),
      celeryCode: (params) => celeryCode(params, openParser),
      findFrame: (params) => findFrame(params, (folders) => listPythonFiles(folders, fileLimit)),
      taskDefinitions: (params) => index.find(params),
    },
  };
};
