import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { MendableError } from '../../commands/mendableError.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';
import type { Parts } from '../../parts.ts';
import { pythonsFor } from '../../python/choosePython.ts';
import { pythonRemedies } from '../../python/pythonRemedies.ts';

/** The first Python of this machine that has debugpy: those that are named, else those of the workspace, else any. */
export const findAdapterPython = async (parts: Parts, first: readonly string[] = []): Promise<string> => {
  const [folder] = vscode.workspace.isTrusted ? localFolders() : [];
  const others = folder === undefined ? ['python3', 'python'] : await pythonsFor(folder, parts);
  const all = [...new Set([...first, ...others])];
  for (const python of all) if (await hasDebugpy(python)) return python;
  const question = { folder: folder ?? homedir(), bringsDebugpy: false, askedIn: __dirname };
  const sentence = t('No Python with debugpy found (tried {0}).', all.join(', '));
  const install = `${all[0] ?? 'python3'} -m pip install debugpy`;
  throw new MendableError('notFound', sentence, ...pythonRemedies(question, install, parts));
};

const answerWithinMs = 10_000;
const question = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("debugpy") is None)';

const hasDebugpy = async (python: string): Promise<boolean> => {
  try {
    // In a folder of ours: nothing of the workspace is imported.
    await promisify(execFile)(python, ['-c', question], { cwd: __dirname, timeout: answerWithinMs });
    return true;
  } catch {
    return false;
  }
};
