import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { settingsEntries } from '../config.ts';
import { writeSetting } from '../setting.ts';
import type { ListedConnection } from './listedConnection.ts';
import { type ConnectionSetting, nameOf } from './resolveConnection.ts';

/** Puts an entry into the settings: in place of the one that was called `formerName`, or at the end of the list. */
export const saveEntry = async (setting: ConnectionSetting, formerName: string | null): Promise<void> => {
  const entries = settingsEntries();
  const isFormer = (each: ConnectionSetting, index: number): boolean => nameOf(each, index) === formerName;
  const known = formerName !== null && entries.some(isFormer);
  await write(known ? entries.map((each, index) => (isFormer(each, index) ? setting : each)) : [...entries, setting]);
};

export const removeEntry = (name: string): Promise<void> =>
  write(settingsEntries().filter((each, index) => nameOf(each, index) !== name));

/** What a start script brings in a file is not ours to change. */
export const checkEditable = ({ name, file }: ListedConnection): void => {
  if (file === null) return;
  throw new CeleriacError(
    'unsupported',
    t('{0} comes from the file {1}, which CELERIAC_CONNECTIONS names. Change it there.', name, file),
  );
};

const write = async (entries: readonly ConnectionSetting[]): Promise<void> => {
  await writeSetting('connections', entries, vscode.ConfigurationTarget.Global);
};
