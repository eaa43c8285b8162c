import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Remedy } from '../commands/mendableError.ts';
import type { Parts } from '../parts.ts';
import type { PythonQuestion } from './likelyPythons.ts';
import { selectInterpreter } from './selectInterpreter.ts';

/** What mends that no Python has what is needed. */
export const pythonRemedies = (question: PythonQuestion, install: string | null, parts: Parts): readonly Remedy[] => [
  { label: t('Select Interpreter…'), act: () => selectInterpreter(question, parts) },
  ...(install === null ? [] : [{ label: t('Install…'), act: () => typeInTerminal(install, question.folder) }]),
];

/** The command waits for Enter: what it changes is the user's. */
const typeInTerminal = async (command: string, cwd: string): Promise<void> => {
  const terminal = vscode.window.createTerminal({ name: 'pip', cwd });
  terminal.show();
  terminal.sendText(command, false);
};
