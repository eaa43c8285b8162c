import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { workspaceFolderOf } from '../debug/launch/codeFolders.ts';
import type { Parts } from '../parts.ts';
import { activeInterpreter } from './activeInterpreter.ts';
import { pythonPlaces } from './pythonPlaces.ts';
import { workerPythons } from './workerPythons.ts';

export interface PythonQuestion {
  /** Where the code is started. */
  readonly folder: string;
  /** Whether the extension of debugpy brings debugpy along. */
  readonly bringsDebugpy: boolean;
  /** A folder that holds nothing of the workspace: there Pythons are asked what they have. */
  readonly askedIn: string;
}

/** The Pythons that may be meant for a folder, the likeliest first; the one in the settings is not among them. */
export const likelyPythons = async (folder: string, parts: Parts): Promise<readonly string[]> => {
  const workspaceFolder = workspaceFolderOf(folder);
  const root = workspaceFolder?.uri.fsPath;
  const [workers, active] = await Promise.all([workerPythons(parts), activeInterpreter(workspaceFolder?.uri)]);
  return pythonPlaces({
    workers,
    active,
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
