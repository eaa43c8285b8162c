import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';
import { pythonsFor } from '../../python/choosePython.ts';

/** The first Python of this machine that has debugpy: those that are named, else those of the workspace, else any. */
export const findAdapterPython = async (first: readonly string[] = []): Promise<string> => {
  const [folder] = vscode.workspace.isTrusted ? localFolders() : [];
  const others = folder === undefined ? ['python3', 'python'] : await pythonsFor(folder);
  const all = [...new Set([...first, ...others])];
  for (const python of all) if (await hasDebugpy(python)) return python;
  throw new CeleriacError(
    'notFound',
    t('No Python with debugpy was found ({0} were tried). Install it: python -m pip install debugpy', all.join(', ')),
  );
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
