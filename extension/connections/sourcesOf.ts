import { t } from '@vscode/l10n';
import type { ListedConnection } from './listedConnection.ts';

/** Where each connection comes from, by its name, in a sentence. */
export const sourcesOf = (listed: readonly ListedConnection[]): ReadonlyMap<string, string> =>
  new Map(listed.map((each) => [each.name, sourceOf(each)]));

const sourceOf = ({ file, setting: { source } }: ListedConnection): string => {
  if (file !== null) return t('From the file {0}', file);
  return typeof source === 'string' && source !== ''
    ? t('Added from {0}', source)
    : t('Written by hand, in the settings of VS Code');
};
