import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { workspaceFolderOf } from '../debug/launch/codeFolders.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { pickOne } from '../pick/pickOne.ts';
import { writeSetting } from '../setting.ts';
import { showInformation } from '../shown/messages.ts';
import { likelyPythons, type PythonQuestion } from './likelyPythons.ts';
import { type Python, probePython } from './probePython.ts';
import { isFit } from './pythonVerdict.ts';

/** Asks which Python runs the code of the workspace, those that fit first, and keeps the answer in the settings. */
export const selectInterpreter = async (
  { folder, bringsDebugpy, askedIn }: PythonQuestion,
  parts: Parts,
): Promise<void> => {
  const places = await likelyPythons(folder, parts);
  const probed = await Promise.all(places.map((place) => probePython(place, askedIn)));
  const pythons = probed.filter((each) => each !== null);
  const items = [
    ...pythons
      .toSorted((a, b) => Number(isFit(b, bringsDebugpy)) - Number(isFit(a, bringsDebugpy)))
      .map((python) => itemOf(python, bringsDebugpy)),
    { label: t('Browse…'), icon: 'folder-opened', command: null },
  ];
  const question = { title: t('Select Interpreter'), placeHolder: t('Which Python runs the tasks of this workspace?') };
  const { command } = await pickOne(items, question);
  const chosen = command ?? (await browse());
  const target = workspaceFolderOf(folder) ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await writeSetting('debug.python', chosen, target);
  await showInformation(t('Celeriac now uses {0}. Start debugging again.', chosen));
};

const itemOf = (python: Python, bringsDebugpy: boolean) => {
  const { command, version, celery, debugpy } = python;
  const has = [
    `Python ${version}`,
    celery === null ? t('no Celery') : `Celery ${celery}`,
    ...(bringsDebugpy ? [] : [debugpy === null ? t('no debugpy') : `debugpy ${debugpy}`]),
  ];
  const icon = isFit(python, bringsDebugpy) ? 'check' : 'circle-slash';
  return { label: command, icon, description: has.join(' · '), command };
};

const browse = async (): Promise<string> => {
  const files = orCancelled(
    await vscode.window.showOpenDialog({ title: t('Select Interpreter'), canSelectMany: false }),
  );
  return orCancelled(files[0]).fsPath;
};
