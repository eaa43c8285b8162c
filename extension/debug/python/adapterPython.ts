import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import { pythonCandidates } from '../../demo/pythonCandidates.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';

/** The first Python of this machine that has debugpy. */
export const findAdapterPython = async (first: readonly string[] = []): Promise<string> => {
  const trustedFolders = vscode.workspace.isTrusted ? localFolders() : [];
  const others = pythonCandidates({ active: null, trustedFolders, ownFolder: '', platform: process.platform });
  const all = [...new Set([...first, ...others])];
  for (const python of all) if (await hasDebugpy(python)) return python;
  throw new CeleriacError(
    'notFound',
    t('No Python with debugpy was found ({0} were tried). Install it: python -m pip install debugpy', all.join(', ')),
  );
};

const answerWithinMs = 10_000;

const hasDebugpy = async (python: string): Promise<boolean> => {
  try {
    // Nothing of the folder that is open is imported.
    await promisify(execFile)(python, ['-I', '-c', 'import debugpy'], { timeout: answerWithinMs });
    return true;
  } catch {
    return false;
  }
};
