import * as v from 'valibot';
import { CodeProblemReader } from '../../code/codeProblemsSource.ts';
import { EditorCode } from '../../code/editorSource.ts';
import { CodeIndexes } from '../../code/indexSource.ts';
import type { Area } from '../../requests/area.ts';
import { texts } from '../../requests/schemas.ts';

const ofCode = {
  folders: texts,
  unsaved: v.array(v.object({ file: v.string(), text: v.string() })),
  revision: v.number(),
};

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.object({ ...ofCode, file: v.string(), line: place, column: place });

/** What the workspace's code says of Celery, for the features of the editor. It is read, never run. */
export const codeArea = (
  indexes = new CodeIndexes(),
): Area<'codeCalls' | 'codeProblems' | 'codeTaskAt' | 'codeTasks' | 'codeUses'> => {
  const problems = new CodeProblemReader(indexes);
  const code = new EditorCode(indexes);
  return {
    schemas: {
      codeProblems: v.object(ofCode),
      codeTasks: v.object({ ...ofCode, file: v.nullable(v.string()) }),
      codeTaskAt: position,
      codeUses: v.object({ ...ofCode, taskName: v.string() }),
      codeCalls: v.object({ ...ofCode, taskName: v.string() }),
    },
    handlers: {
      codeProblems: (params) => problems.of(params),
      codeTasks: (params) => code.tasks(params),
      codeTaskAt: (params) => code.taskAt(params),
      codeUses: (params) => code.uses(params),
      codeCalls: (params) => code.calls(params),
    },
  };
};
