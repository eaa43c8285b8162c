import { t } from '@vscode/l10n';
import { CeleriacError } from '../../server/api/errors.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { showPick } from '../shown/showPick.ts';
import type { ListedConnection } from './listedConnection.ts';
import { maskPlaceholders } from './placeholder.ts';

interface ConnectionQuestion {
  readonly title: string;
  /** Which connections come into question; all unless it is named. */
  readonly among?: (entry: ListedConnection) => boolean;
  /** Said when none does. */
  readonly none: string;
  /** Whether one that is the only one is taken unasked. */
  readonly takesOnly?: boolean;
}

/** The connection of the row; without a row the one that is picked. Unlike clusters, these need not be open. */
export const chooseConnection = async (
  { clusterId }: Pick<RowTarget, 'clusterId'>,
  { connections, mirror, active }: Parts,
  { title, among = () => true, none, takesOnly = false }: ConnectionQuestion,
): Promise<ListedConnection> => {
  await connections.firstOpened;
  if (clusterId !== null) return listedAs(clusterId, connections.listed);
  const listed = connections.listed.filter(among);
  const [first, ...others] = listed;
  if (!first) throw new CeleriacError('notFound', none);
  if (takesOnly && others.length === 0) return first;
  const items = listed.map((entry) => ({
    label: entry.name,
    description: maskPlaceholders(String(entry.setting.url ?? '')),
    detail: connections.unusable.get(entry.name) ?? stateWords(mirror.snapshots.get(entry.name)?.link.kind),
    picked: entry.name === active.clusterId,
    entry,
  }));
  const options = { title, placeHolder: t('Select a connection'), matchOnDescription: true };
  return orCancelled(await showPick(items, options)).entry;
};

const listedAs = (name: string, listed: readonly ListedConnection[]): ListedConnection => {
  const entry = listed.find((each) => each.name === name);
  if (entry) return entry;
  throw new CeleriacError('notFound', t('There is no connection named "{0}" in this window.', name));
};

const stateWords = (kind: 'disconnected' | 'connecting' | 'live' | 'lost' | undefined): string => {
  switch (kind) {
    case 'live':
      return t('connected');
    case 'connecting':
      return t('connecting…');
    case 'lost':
      return t('offline, reconnecting');
    case 'disconnected':
    case undefined:
      return t('disconnected');
    default:
      return kind satisfies never;
  }
};
