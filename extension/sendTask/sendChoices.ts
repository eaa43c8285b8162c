import { t } from '@vscode/l10n';

/** What can be said of a task beyond its name, arguments and queue; null: nothing was said. */
export interface SendChoices {
  /** Seconds from now, or a time. */
  readonly when: string | null;
  readonly priority: string | null;
  readonly expires: string | null;
}

type Moment = { readonly countdownSeconds: number } | { readonly eta: string };

/** Seconds from now ("90"), or a time of this machine ("2030-01-31 09:00"); null for what is neither. */
export const readMoment = (text: string): Moment | null => {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && Number.isFinite(seconds)) return { countdownSeconds: seconds };
  const found = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim());
  const at = found ? new Date(`${found[1]}T${found[2]}${found[3] ?? ''}`) : null;
  return at && !Number.isNaN(at.getTime()) ? { eta: at.toISOString() } : null;
};

export const momentDefect = (text: string): string | null =>
  text.trim() === '' || readMoment(text) ? null : t('Seconds from now such as 90, or a time such as 2030-01-31 09:00.');

export const priorityDefect = (text: string): string | null =>
  /^\d{0,3}$/.test(text.trim()) && Number(text) <= 255 ? null : t('A whole number from 0 to 255.');

export const expiresDefect = (text: string): string | null =>
  text.trim() === '' || Number(text) > 0 ? null : t('Seconds from now, such as 600.');

/** As the backend takes them. */
export const orderedChoices = ({ when, priority, expires }: SendChoices) => ({
  ...(when === null ? {} : readMoment(when)),
  ...(priority === null ? {} : { priority: Number(priority) }),
  ...(expires === null ? {} : { expiresSeconds: Number(expires) }),
});
