import { CodePages } from '../../code/codePagesSource.ts';
import { CodeProblemReader } from '../../code/codeProblemsSource.ts';
import { EditorCode } from '../../code/editorSource.ts';
import { CodeIndexes } from '../../code/indexSource.ts';
import { celeryApps, celeryCode } from '../../language/celeryCode.ts';
import { findFrame } from '../../language/frames.ts';
import { listPythonFiles } from '../../language/pythonFiles.ts';
import { TaskIndex } from '../../language/taskIndex.ts';
import type { Area } from '../../requests/area.ts';

/** A workspace with more Python files than this is looked at in part. */
const fileLimit = 20_000;

export type LanguageRequest = 'celeryApps' | 'celeryCode' | 'findFrame' | 'taskDefinitions';
export type CodeRequest =
  | 'codeCallFit'
  | 'codeCalls'
  | 'codeComplete'
  | 'codeCrontab'
  | 'codeDrift'
  | 'codeGraph'
  | 'codeProblems'
  | 'codeSignature'
  | 'codeSummary'
  | 'codeTaskAt'
  | 'codeTasks'
  | 'codeUses';

/*
 * What reads the workspace's code. Its parsers and rules are a third of the engine: they come with the first question about
 * code, and never to a window without Celery.
 */

export const languageHandlers = (): Area<LanguageRequest>['handlers'] => {
  const index = new TaskIndex();
  return {
    celeryApps: (params) => celeryApps(params),
    celeryCode: async (params) => celeryCode(params),
    findFrame: (params) => findFrame(params, (folders) => listPythonFiles(folders, fileLimit)),
    taskDefinitions: (params) => index.find(params),
  };
};

export const codeHandlers = (): Area<CodeRequest>['handlers'] => {
  const indexes = new CodeIndexes();
  const problems = new CodeProblemReader(indexes);
  const code = new EditorCode(indexes);
  const pages = new CodePages(indexes);
  return {
    codeProblems: (params) => problems.of(params),
    codeTasks: (params) => code.tasks(params),
    codeTaskAt: (params) => code.taskAt(params),
    codeComplete: (params) => code.complete(params),
    codeSignature: (params) => code.signature(params),
    codeUses: (params) => code.uses(params),
    codeCalls: (params) => code.calls(params),
    codeCallFit: (params) => pages.callFit(params),
    codeCrontab: (params) => pages.crontab(params),
    codeGraph: (params) => pages.graph(params),
    codeDrift: (params) => pages.drift(params),
    codeSummary: (params) => pages.summary(params),
  };
};
