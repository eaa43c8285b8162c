import { t } from '@vscode/l10n';
import type { FailureMute } from '../../server/api/failures.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';

const hourMs = 3_600_000;

/** Something else that can be picked in its place. */
interface Other<T> {
  readonly label: string;
  readonly value: T;
}

/** How long a failure is muted, or what was picked of the others that are offered below. */
export const chooseMute = async <T = never>(...others: readonly Other<T>[]): Promise<FailureMute | T> => {
  const items: (PickItem & { readonly mute: FailureMute | T })[] = [
    { label: t('For 1 Hour'), mute: { kind: 'until', at: Date.now() + hourMs } },
    {
      label: t('Until It Changes'),
      description: t('a new message, line or worker'),
      mute: { kind: 'change' },
    },
    { label: t('Forever'), mute: { kind: 'forever' } },
    ...others.map(({ label, value }) => ({ label, mute: value })),
  ];
  const title = t('Mute Failure');
  return orCancelled(await showPick(items, { title, placeHolder: t('Select a duration') })).mute;
};
