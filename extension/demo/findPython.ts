import * as vscode from 'vscode';
import { readableFolders } from '../discovery/readableFolders.ts';
import { activeInterpreter } from '../python/activeInterpreter.ts';
import { type Python, probePython } from '../python/probePython.ts';
import { isCeleryFit } from './demoPython.ts';
import { pythonCandidates } from './pythonCandidates.ts';

export interface FoundPythons {
  /** The first that has a Celery that fits. */
  readonly withCelery: Python | null;
  readonly all: readonly Python[];
}

/** Looks for a Python with Celery: the chosen interpreter, the workspace's environments, the demo's own, the PATH. */
export const findPython = async (ownFolder: string, cwd: string): Promise<FoundPythons> => {
  const trustedFolders = readableFolders();
  const active = vscode.workspace.isTrusted ? await activeInterpreter() : null;
  const all: Python[] = [];
  for (const command of pythonCandidates({ active, trustedFolders, ownFolder, platform: process.platform })) {
    const python = await probePython(command, cwd);
    if (python) all.push(python);
    if (python && isCeleryFit(python)) return { withCelery: python, all };
  }
  return { withCelery: null, all };
};
