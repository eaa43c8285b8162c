import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckConfig, noConfig, readCheckConfig, readRuleSettings, withRules } from './checkConfig.ts';
import { readEditorRules } from './editorSettings.ts';

const setting = 'celeriac.check.rules';

/** The configuration of a folder's checks: its pyproject.toml, and over it what the editor's setting says. */
export const checkConfigOf = async (folder: string, editorRules: unknown): Promise<CheckConfig> => {
  const text = await textOf(join(folder, 'pyproject.toml'));
  const project = text === null ? noConfig : readCheckConfig(text, 'pyproject.toml');
  return withRules(project, readRuleSettings(editorRules, setting));
};

/** As the editor has it in this folder, for the command line. */
export const folderRules = async (folder: string): Promise<unknown> => {
  const text = await textOf(join(folder, '.vscode/settings.json'));
  return text === null ? undefined : readEditorRules(text);
};

/** Both files are written by hand; reading what is longer would keep others waiting. */
const longestConfigBytes = 256 * 1_024;

/** Null: there is none, it is far too long, or it cannot be read. */
const textOf = async (file: string): Promise<string | null> => {
  try {
    return (await stat(file)).size > longestConfigBytes ? null : await readFile(file, 'utf8');
  } catch {
    return null;
  }
};
