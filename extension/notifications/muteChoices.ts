import { t } from '@vscode/l10n';
import { orCancelled } from '../pick/orCancelled.ts';
import { clock } from '../rows/wording.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';

const hourMs = 3_600_000;
/** As good as for ever. */
const always = Date.UTC(9999, 0);

type Choice = PickItem & { readonly until: number };

/** Until when no notification appears; 0: they appear again. The views, the badge and the status bar go on. */
export const chooseMutedUntil = async (title: string, mutedUntil: number, now: number): Promise<number> => {
  const tomorrow = new Date(now);
  tomorrow.setHours(24, 0, 0, 0);
  const again: Choice[] =
    now < mutedUntil ? [{ label: t('Unmute'), description: mutedWords(mutedUntil), until: 0 }] : [];
  const items: Choice[] = [
    ...again,
    { label: t('For 1 Hour'), until: now + hourMs },
    { label: t('Until Tomorrow'), until: tomorrow.getTime() },
    { label: t('Until I Unmute Them'), until: always },
  ];
  const placeHolder = t('Views, badge and status bar continue to update');
  return orCancelled(await showPick(items, { title, placeHolder })).until;
};

const mutedWords = (until: number): string => (until === always ? t('muted') : t('muted until {0}', clock(until)));
