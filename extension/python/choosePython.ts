import { isAbsolute, join } from 'node:path';
import { MendableError } from '../commands/mendableError.ts';
import { workspaceFolderOf } from '../debug/launch/codeFolders.ts';
import type { Parts } from '../parts.ts';
import { setting } from '../setting.ts';
import { likelyPythons, type PythonQuestion } from './likelyPythons.ts';
import { type Python, probePython } from './probePython.ts';
import { pythonRemedies } from './pythonRemedies.ts';
import { isFit, whyNoPython } from './pythonVerdict.ts';

/** The Python for the code in a folder: that of the settings, else the first one found that has what is needed. */
export const choosePython = async (question: PythonQuestion, parts: Parts): Promise<string> => {
  const { folder, bringsDebugpy, askedIn } = question;
  const places = await pythonsFor(folder, parts);
  const probed: Python[] = [];
  for (const place of places) {
    const python = await probePython(place, askedIn);
    if (python && isFit(python, bringsDebugpy)) return python.command;
    if (python) probed.push(python);
  }
  const { sentence, install } = whyNoPython(probed, places);
  throw new MendableError('notFound', sentence, ...pythonRemedies(question, install, parts));
};

/** That of the settings, else all that may be meant for a folder, the likeliest first. */
export const pythonsFor = async (folder: string, parts: Parts): Promise<readonly string[]> => {
  const named = namedPython(folder);
  return named === null ? likelyPythons(folder, parts) : [named];
};

const namedPython = (folder: string): string | null => {
  const workspaceFolder = workspaceFolderOf(folder);
  const root = workspaceFolder?.uri.fsPath ?? folder;
  const written = setting('debug.python', workspaceFolder).trim().replace('${workspaceFolder}', root);
  if (written === '') return null;
  return isAbsolute(written) || !/[\\/]/.test(written) ? written : join(root, written);
};
