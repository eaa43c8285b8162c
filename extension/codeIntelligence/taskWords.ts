import { t } from '@vscode/l10n';
import type { QueueOrigin } from '../../server/api/code.ts';
import type { FailureGroup } from '../../server/api/failures.ts';
import type { TaskTypeFigures } from '../../server/api/workerDetail.ts';
import { failureTitle } from '../failures/failureGroup.ts';
import { count, duration, joined, percent, span } from '../rows/wording.ts';

/** `p95 1.2 s · 0.4% failed · 12 waiting · 3 running` */
export const figuresWords = ({ p95Seconds, failureRate, waiting, running }: TaskTypeFigures): string =>
  joined(
    p95Seconds !== null && t('p95 {0}', duration(p95Seconds)),
    failureRate !== null && t('{0} failed', percent(failureRate)),
    t('{0} waiting', count(waiting)),
    t('{0} running', count(running)),
  );

export const queueWords = ({ name, from }: { readonly name: string; readonly from: QueueOrigin }): string => {
  switch (from) {
    case 'option':
      return t('queue {0}', name);
    case 'route':
      return t('queue {0} (from task_routes)', name);
    case 'default':
      return t('queue {0} (from task_default_queue)', name);
    case 'celery':
      return t("queue {0} (Celery's default)", name);
    default:
      return from satisfies never;
  }
};

/** What failed, when, and on which line of the user's code. */
export const failureWords = (group: FailureGroup, now: number): string =>
  joined(
    failureTitle(group),
    t('{0} ago', span(now - group.lastSeenAt)),
    group.frame && `${group.frame.file.split(/[\\/]/).at(-1)}:${group.frame.line}`,
  );

export const usesWords = (uses: number, schedules: number): string => {
  const used = uses === 1 ? t('1 use') : t('{0} uses', count(uses));
  if (schedules === 0) return used;
  return `${used}, ${schedules === 1 ? t('1 schedule') : t('{0} schedules', count(schedules))}`;
};

/** How often a task failed, in all groups of its failures. */
export const failuresWords = (groups: readonly FailureGroup[]): string => {
  const failures = groups.reduce((sum, group) => sum + group.count, 0);
  return failures === 1 ? t('1 failure') : t('{0} failures', count(failures));
};
