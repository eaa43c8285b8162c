import * as vscode from 'vscode';
import { type SettingKey, type SettingTable, settingDefaults } from './settingTable.ts';

/** A setting as it is now; `scope` is the file or folder that it is read for, where folders may differ. */
export const setting = <K extends SettingKey>(key: K, scope?: vscode.ConfigurationScope): SettingTable[K] =>
  vscode.workspace.getConfiguration('celeriac', scope).get<SettingTable[K]>(key, settingDefaults[key]);

export const writeSetting = async <K extends SettingKey>(
  key: K,
  value: SettingTable[K],
  target: vscode.ConfigurationTarget,
): Promise<void> => {
  await vscode.workspace.getConfiguration('celeriac').update(key, value, target);
};

export const affectsSetting = (event: vscode.ConfigurationChangeEvent, key: SettingKey): boolean =>
  event.affectsConfiguration(`celeriac.${key}`);
