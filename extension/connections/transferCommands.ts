import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { settingsEntries } from '../config.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showInput } from '../shown/inputs.ts';
import { showPick, showPickMany } from '../shown/showPick.ts';
import { showBriefly } from '../shown/statusItem.ts';
import { askSecrets } from './askSecret.ts';
import { saveEntry } from './connectionStore.ts';
import { readConnections, writeConnections } from './exportedConnections.ts';
import { maskPlaceholders, placeholdersIn } from './placeholder.ts';
import { takeSecrets } from './plainSecrets.ts';
import { type ConnectionSetting, nameOf } from './resolveConnection.ts';

const fileTypes = { JSON: ['json'] };

/** Writes connections into a file, without their secrets. */
export const exportConnections = async (): Promise<void> => {
  const entries = settingsEntries();
  if (entries.length === 0)
    throw new CeleriacError('notFound', t('There are no connections in the settings to export.'));
  const items = entries.map((entry, index) => ({
    label: nameOf(entry, index),
    description: maskPlaceholders(String(takeSecrets(entry).setting.url ?? '')),
    picked: true,
    entry: { ...entry, name: nameOf(entry, index) },
  }));
  const title = t('Export Connections');
  const placeHolder = t('Select connections to export (without passwords)');
  const picked = orCancelled(await showPickMany(items, { title, placeHolder }));
  if (picked.length === 0) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    title,
    filters: fileTypes,
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, 'celeriac-connections.json') } : {}),
  });
  const text = writeConnections(picked.map(({ entry }) => entry));
  await vscode.workspace.fs.writeFile(orCancelled(file), new TextEncoder().encode(text));
  showBriefly(
    picked.length === 1
      ? t('Exported 1 connection without its passwords')
      : t('Exported {0} connections without their passwords', picked.length),
    6_000,
  );
};

/** Takes connections from such a file. What exists is never replaced without a word, and passwords are asked for. */
export const importConnections = async (parts: Parts): Promise<void> => {
  const title = t('Import Connections');
  const files = await vscode.window.showOpenDialog({ title, filters: fileTypes, canSelectMany: false });
  const [file] = orCancelled(files);
  if (!file) return;
  const entries = readConnections(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  if (entries === null)
    throw new CeleriacError(
      'badRequest',
      t('{0} contains no connections. Select a file that was exported.', file.path),
    );
  const picked = await chooseEntries(entries, title);
  for (const entry of picked) await importOne(entry, parts);
};

const chooseEntries = async (
  entries: readonly ConnectionSetting[],
  title: string,
): Promise<readonly ConnectionSetting[]> => {
  const taken = settingsEntries().map(nameOf);
  const items = entries.map((entry, index) => ({
    label: nameOf(entry, index),
    description: maskPlaceholders(String(takeSecrets(entry).setting.url ?? '')),
    ...(taken.includes(nameOf(entry, index))
      ? { detail: t('A connection with this name exists; you choose what to do.') }
      : {}),
    picked: true,
    entry,
  }));
  const options = { title, placeHolder: t('Select connections to import') } as const;
  return orCancelled(await showPickMany(items, options)).map(({ entry }) => entry);
};

const importOne = async (written: ConnectionSetting, { connections, secrets, choices }: Parts): Promise<void> => {
  const { setting, secrets: found } = takeSecrets(written);
  const wished = nameOf(setting, 0);
  const name = await nameFor(wished);
  if (name === null) return;
  await secrets.store(name, found);
  const isMissing = (slot: string): boolean => found[slot] === undefined;
  const missing = placeholdersIn(setting).filter((place) => place.source === 'secret' && isMissing(place.name));
  await askSecrets(name, missing, secrets).catch(passOver);
  choices.say(name, false);
  await saveEntry({ ...setting, name }, name);
  await connections.reconcile();
};

/** Who does not know a password now is asked again on connecting. */
const passOver = (error: unknown): void => {
  if (!(error instanceof CeleriacError && error.code === 'cancelled')) throw error;
};

/** Null: this one is left out. */
const nameFor = async (wished: string): Promise<string | null> => {
  const taken = settingsEntries().map(nameOf);
  if (!taken.includes(wished)) return wished;
  const [keep, rename, replace] = [t('Keep Existing'), t('Import Under Another Name…'), t('Replace')];
  const title = t('A connection named "{0}" already exists', wished);
  const { label: choice } = orCancelled(
    await showPick(
      [keep, rename, replace].map((label) => ({ label })),
      { title },
    ),
  );
  if (choice === keep) return null;
  if (choice === replace) return wished;
  const validateInput = (text: string): string | null =>
    text.trim() === '' || taken.includes(text.trim()) ? t('Enter a name that is not in use.') : null;
  return orCancelled(await showInput({ title, value: `${wished}-2`, validateInput })).trim();
};
