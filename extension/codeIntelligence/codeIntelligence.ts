import * as vscode from 'vscode';
import type { Area, Parts } from '../parts.ts';
import { LiveFigures } from './liveFigures.ts';
import { codeSelector, everySelector } from './taskAt.ts';
import { taskCalls } from './taskCalls.ts';
import { completionTriggers, signatureTriggers, taskCompletion, taskSignatures } from './taskCompletion.ts';
import { taskHover } from './taskHover.ts';
import { startTaskLenses } from './taskLenses.ts';
import { taskPlaces } from './taskPlaces.ts';
import { taskSymbols } from './taskSymbols.ts';

/** What the editor knows of Celery's code: each feature asks the index of the backend. */
export const startCodeIntelligence = (parts: Parts): Area => {
  const { languages } = vscode;
  const live = new LiveFigures(parts);
  const places = taskPlaces(parts);
  const registered = vscode.Disposable.from(
    live,
    startTaskLenses(parts, live),
    languages.registerHoverProvider(everySelector, taskHover(parts, live)),
    languages.registerDefinitionProvider(everySelector, places),
    languages.registerReferenceProvider(everySelector, places),
    languages.registerWorkspaceSymbolProvider(taskSymbols(parts)),
    languages.registerCompletionItemProvider(codeSelector, taskCompletion(parts), ...completionTriggers),
    languages.registerSignatureHelpProvider(codeSelector, taskSignatures(parts), ...signatureTriggers),
    languages.registerCallHierarchyProvider(codeSelector, taskCalls(parts)),
  );
  return { commands: {}, dispose: () => registered.dispose() };
};
