import { t } from '@vscode/l10n';
import type { DebugTarget } from '../../../server/api/debugging.ts';
import { localFolders, pathMappings } from '../../goToCode/pathMappings.ts';
import { orCancelled } from '../../pick/orCancelled.ts';
import { showInput } from '../../shown/inputs.ts';

/**
 * Where the code of this workspace lies on another machine: debugpy stops nowhere when it is told wrong. Not asked where
 * the settings say so, or on this machine, or at a place where somebody has been before.
 */
export const askRemoteFolder = async (
  { hostname, place }: DebugTarget,
  known: string | undefined,
  isNewPlace: boolean,
): Promise<string> => {
  const [local] = localFolders();
  if (place === 'here' || local === undefined || Object.keys(pathMappings()).length > 0) return '';
  if (known !== undefined && !isNewPlace) return known;
  const typed = await showInput({
    title: t('Attach Debugger to {0}', hostname),
    prompt: t("Folder of {0} on the worker's machine. Leave empty if it is the same.", local),
    placeHolder: '/app',
    value: known ?? '',
    ignoreFocusOut: true,
  });
  return orCancelled(typed).trim();
};

export const mappingOf = (folder: string): Readonly<Record<string, string>> => {
  const [local] = localFolders();
  return folder === '' || local === undefined ? {} : { [folder]: local };
};
