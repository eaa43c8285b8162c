import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Parts } from '../../parts.ts';
import { choosePython } from '../../python/choosePython.ts';
import { readEnvFile } from '../../python/readEnvFile.ts';
import { chooseApp } from './chooseApp.ts';
import { codeFolders, workspaceFolderOf } from './codeFolders.ts';
import { appConfigurations, celeryType } from './offeredConfigurations.ts';

/** What a launch configuration leaves open: the app, the Python, the environment of the project. */
export const completeLaunch = async (
  given: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
  parts: Parts,
  bringsDebugpy: boolean,
): Promise<vscode.DebugConfiguration> => {
  codeFolders();
  const named = namesWhat(given) ? given : { ...(await likelyLaunch(parts)), ...given, request: 'launch' };
  const root = folder?.uri.fsPath ?? codeFolders()[0] ?? '';
  const cwd = typeof named['cwd'] === 'string' ? named['cwd'].replace('${workspaceFolder}', root) : root;
  const askedIn = join(parts.context.extensionPath, 'media');
  const python = named['python'] ?? (await choosePython({ folder: cwd, bringsDebugpy, askedIn }, parts));
  return { ...named, cwd, python, env: { ...environmentOf(named['envFile'], root, cwd), ...Object(named['env']) } };
};

const namesWhat = (given: vscode.DebugConfiguration): boolean =>
  ['app', 'program', 'module', 'code'].some((key) => given[key] !== undefined);

/** F5 without a launch.json. */
const likelyLaunch = async (parts: Parts): Promise<vscode.DebugConfiguration> => {
  const near = vscode.window.activeTextEditor?.document.fileName ?? null;
  const app = await chooseApp(t('Debug Worker'), near, parts);
  const root = workspaceFolderOf(app.file)?.uri.fsPath ?? app.folder;
  const [first] = appConfigurations(app, root);
  return { ...first, type: celeryType, name: first?.name ?? app.target, request: 'launch' };
};

/** That of the project, unless the configuration names another. A file that is named has to be there. */
const environmentOf = (envFile: unknown, root: string, cwd: string): Readonly<Record<string, string>> => {
  const isNamed = typeof envFile === 'string' && envFile !== '';
  const places = isNamed ? [envFile.replace('${workspaceFolder}', root)] : [join(cwd, '.env'), join(root, '.env')];
  const file = isNamed ? places[0] : places.find(existsSync);
  return file === undefined ? {} : readEnvFile(readFileSync(file, 'utf8'));
};
