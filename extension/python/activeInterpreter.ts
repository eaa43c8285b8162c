import * as vscode from 'vscode';
import { fieldOf } from '../commands/fieldOf.ts';

const answerWithinMs = 5_000;

/** What the Python extension has chosen, if there is one (its API: environments.getActiveEnvironmentPath). */
export const activeInterpreter = async (folder?: vscode.Uri): Promise<string | null> => {
  const extension = vscode.extensions.getExtension<unknown>('ms-python.python');
  if (!extension) return null;
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), answerWithinMs));
  try {
    const api = extension.isActive ? extension.exports : await Promise.race([extension.activate(), patience]);
    return pathIn(api, folder);
  } catch {
    return null;
  }
};

const pathIn = (api: unknown, folder: vscode.Uri | undefined): string | null => {
  const environments = fieldOf(api, 'environments');
  const ask = fieldOf(environments, 'getActiveEnvironmentPath');
  const path = typeof ask === 'function' ? fieldOf(ask.call(environments, folder), 'path') : null;
  return typeof path === 'string' && path !== 'python' ? path : null;
};
