import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FailureMute } from '../../server/api/failures.ts';
import { orLeft } from '../pick/orLeft.ts';

const hourMs = 3_600_000;

type Choice = vscode.QuickPickItem & { readonly mute: FailureMute | null };

/** How long a failure is muted. Null: the other thing was picked that is offered beside it. */
export const chooseMute = async (other?: string): Promise<FailureMute | null> => {
  const items: Choice[] = [
    { label: t('For 1 hour'), mute: { kind: 'until', at: Date.now() + hourMs } },
    {
      label: t('Until it changes'),
      description: t('another message, line or worker'),
      mute: { kind: 'change' },
    },
    { label: t('Forever'), mute: { kind: 'forever' } },
    ...(other === undefined ? [] : [{ label: other, mute: null }]),
  ];
  const title = t('Mute Failure');
  return orLeft(await vscode.window.showQuickPick(items, { title, placeHolder: t('For how long?') })).mute;
};
