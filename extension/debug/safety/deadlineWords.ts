import { t } from '@vscode/l10n';
import type { Deadline } from './deadlines.ts';

/** "4:10", "1:02:03" */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
};

/** What will have happened then, as a sentence. */
export const deadlineSentence = ({ kind, at, limitSeconds }: Deadline, now: number): string => {
  const left = countdown(at - now);
  if (at <= now) return passedSentence(kind, limitSeconds);
  switch (kind) {
    case 'killed':
      return t('In {0} the hard time limit of {1} s kills its process, and the task fails.', left, limitSeconds);
    case 'interrupted':
      return t('In {0} the soft time limit of {1} s raises SoftTimeLimitExceeded in it.', left, limitSeconds);
    case 'deliveredAgain':
      return t(
        'In {0}, after the visibility timeout of {1} s, the broker redelivers it, and it runs a second time elsewhere.',
        left,
        limitSeconds,
      );
    default:
      return kind satisfies never;
  }
};

const passedSentence = (kind: Deadline['kind'], limitSeconds: number): string => {
  switch (kind) {
    case 'killed':
      return t('The hard time limit of {0} s has passed: its process may be killed at any moment.', limitSeconds);
    case 'interrupted':
      return t('The soft time limit of {0} s has passed: SoftTimeLimitExceeded is raised in it.', limitSeconds);
    case 'deliveredAgain':
      return t('The visibility timeout of {0} s has passed: the broker may have redelivered it already.', limitSeconds);
    default:
      return kind satisfies never;
  }
};

/** For the status bar. */
export const deadlineLabel = ({ kind, at }: Deadline, now: number): string => {
  const left = countdown(at - now);
  switch (kind) {
    case 'killed':
      return t('killed in {0}', left);
    case 'interrupted':
      return t('soft limit in {0}', left);
    case 'deliveredAgain':
      return t('redelivered in {0}', left);
    default:
      return kind satisfies never;
  }
};
