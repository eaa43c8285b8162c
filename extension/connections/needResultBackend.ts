import { t } from '@vscode/l10n';
import { MendableError } from '../commands/mendableError.ts';
import { run } from '../commands/run.ts';
import type { Parts } from '../parts.ts';

/** Results are only read where the connection names the place that keeps them. */
export const needResultBackend = (name: string, { connections }: Pick<Parts, 'connections'>): void => {
  const entry = connections.listed.find((each) => each.name === name);
  if (!entry || entry.setting.resultBackend) return;
  throw new MendableError('unsupported', t('{0} has no result backend, so results cannot be read.', name), {
    label: t('Set Result Backend…'),
    act: () => run('editConnection', { clusterId: name }),
  });
};
