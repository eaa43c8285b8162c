import * as vscode from 'vscode';

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
  const environments = field(api, 'environments');
  const ask = field(environments, 'getActiveEnvironmentPath');
  const path = typeof ask === 'function' ? field(ask.call(environments, folder), 'path') : null;
  return typeof path === 'string' && path !== 'python' ? path : null;
};

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
