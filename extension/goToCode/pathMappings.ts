import * as vscode from 'vscode';

const variable = '${workspaceFolder}';

type Mappings = Readonly<Record<string, string>>;

const readMappings = (): Mappings => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<Mappings>('debug.pathMappings', {});
};

/** Folders on the workers' machines, and which folder of this machine each one is. */
export const pathMappings = (): Mappings => {
  const first = localFolders()[0];
  const entries = Object.entries(readMappings()).map(([remote, local]) => [remote, withFolder(String(local), first)]);
  return Object.fromEntries(entries);
};

/** Keeps what a person has chosen, for this workspace. */
export const rememberMapping = async (mapping: { readonly remote: string; readonly local: string }): Promise<void> => {
  const first = localFolders()[0];
  const isBelow = first !== undefined && (mapping.local === first || mapping.local.startsWith(`${first}/`));
  const local = isBelow ? variable + mapping.local.slice(first.length) : mapping.local;
  const settings = vscode.workspace.getConfiguration('celeriac');
  await settings.update(
    'debug.pathMappings',
    { ...readMappings(), [mapping.remote]: local },
    vscode.ConfigurationTarget.Workspace,
  );
};

/** The folders of the workspace that are files on this machine. */
export const localFolders = (): readonly string[] =>
  (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);

const withFolder = (path: string, folder: string | undefined): string =>
  folder === undefined ? path : path.replace(variable, folder);
