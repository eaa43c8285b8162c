import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CeleriacError } from '../../server/api/errors.ts';
import { workspaceFolderOf } from '../debug/launch/codeFolders.ts';
import { setting } from '../setting.ts';
import { activeInterpreter } from './activeInterpreter.ts';
import { probeDebugPython } from './probeDebugPython.ts';
import { pythonPlaces } from './pythonPlaces.ts';
import { isFit, type ProbedPython, whyNoPython } from './pythonVerdict.ts';

export interface PythonQuestion {
  /** Where the code is started. */
  readonly folder: string;
  /** Whether the extension of debugpy brings debugpy along. */
  readonly bringsDebugpy: boolean;
  /** A folder that holds nothing of the workspace: there Pythons are asked what they have. */
  readonly askedIn: string;
}

/** The Python for the code in a folder: that of the settings, else the first one found that has what is needed. */
export const choosePython = async ({ folder, bringsDebugpy, askedIn }: PythonQuestion): Promise<string> => {
  const places = await pythonsFor(folder);
  const probed: ProbedPython[] = [];
  for (const place of places) {
    const python = await probeDebugPython(place, askedIn);
    if (python && isFit(python, bringsDebugpy)) return python.command;
    if (python) probed.push(python);
  }
  throw new CeleriacError('notFound', whyNoPython(probed, places));
};

/** That of the settings, else all that may be meant for a folder, the likeliest first. */
export const pythonsFor = async (folder: string): Promise<readonly string[]> => {
  const named = namedPython(folder);
  return named === null ? likelyPlaces(folder) : [named];
};

const namedPython = (folder: string): string | null => {
  const workspaceFolder = workspaceFolderOf(folder);
  const root = workspaceFolder?.uri.fsPath ?? folder;
  const written = setting('debug.python', workspaceFolder).trim().replace('${workspaceFolder}', root);
  if (written === '') return null;
  return isAbsolute(written) || !/[\\/]/.test(written) ? written : join(root, written);
};

const likelyPlaces = async (folder: string): Promise<readonly string[]> => {
  const workspaceFolder = workspaceFolderOf(folder);
  const root = workspaceFolder?.uri.fsPath;
  return pythonPlaces({
    active: await activeInterpreter(workspaceFolder?.uri),
    folders: [...new Set([folder, ...(root === undefined ? [] : [root])])],
    home: homedir(),
    environment: process.env,
    list: namesIn,
    platform: process.platform,
  });
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
