import * as vscode from 'vscode';
import { readableFolders } from '../discovery/findBrokers.ts';
import { isCeleryFit, type Python, probePython } from './probePython.ts';
import { pythonCandidates } from './pythonCandidates.ts';

export interface FoundPythons {
  /** The first that has a Celery that fits. */
  readonly withCelery: Python | null;
  readonly all: readonly Python[];
}

const pythonExtensionWithinMs = 5_000;

/** Looks for a Python with Celery: the chosen interpreter, the workspace's environments, the demo's own, the PATH. */
export const findPython = async (ownFolder: string, cwd: string): Promise<FoundPythons> => {
  const trustedFolders = readableFolders();
  const active = vscode.workspace.isTrusted ? await activeInterpreter() : null;
  const all: Python[] = [];
  for (const command of pythonCandidates({ active, trustedFolders, ownFolder, platform: process.platform })) {
    const python = await probePython(command, cwd);
    if (python) all.push(python);
    if (python && isCeleryFit(python.celery)) return { withCelery: python, all };
  }
  return { withCelery: null, all };
};

/** What the Python extension says, if there is one (its API: environments.getActiveEnvironmentPath). */
const activeInterpreter = async (): Promise<string | null> => {
  const extension = vscode.extensions.getExtension<unknown>('ms-python.python');
  if (!extension) return null;
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), pythonExtensionWithinMs));
  try {
    const api = extension.isActive ? extension.exports : await Promise.race([extension.activate(), patience]);
    return pathIn(api);
  } catch {
    return null;
  }
};

const pathIn = (api: unknown): string | null => {
  const environments = field(api, 'environments');
  const ask = field(environments, 'getActiveEnvironmentPath');
  const path = typeof ask === 'function' ? field(ask.call(environments), 'path') : null;
  return typeof path === 'string' && path !== 'python' ? path : null;
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
