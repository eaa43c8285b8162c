import { t } from '@vscode/l10n';
import type { Deadline } from './deadlines.ts';
import { deadlineLabel, deadlineSentence } from './deadlineWords.ts';

export interface ClockView {
  readonly label: string;
  readonly lines: readonly string[];
  readonly isUrgent: boolean;
}

/** What is still to come decides; when all is over, the last that was. Null: nothing ends the task. */
export const clockView = (deadlines: readonly Deadline[], warnBeforeMs: number, now: number): ClockView | null => {
  const next = deadlines.find(({ at }) => at > now) ?? deadlines.at(-1);
  if (!next) return null;
  return {
    label: next.at > now ? deadlineLabel(next, now) : t('time is up'),
    lines: deadlines.map((each) => deadlineSentence(each, now)),
    isUrgent: next.at - now <= warnBeforeMs,
  };
};

/** Of which deadlines to warn now: each once, as soon as it is near. */
export const dueWarnings = (
  deadlines: readonly Deadline[],
  warned: ReadonlySet<Deadline['kind']>,
  warnBeforeMs: number,
  now: number,
): readonly Deadline[] => deadlines.filter(({ kind, at }) => !warned.has(kind) && at > now && at - now <= warnBeforeMs);
