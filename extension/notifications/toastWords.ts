import { t } from '@vscode/l10n';
import { count } from '../../server/api/figures.ts';
import { redact } from '../../server/api/redact.ts';
import { failureTitle } from '../failures/failureGroup.ts';
import { partOf } from '../shown/plainLine.ts';
import { quoted } from '../shown/quoted.ts';
import type { Recovery, ReportedFailures, Toast } from './toasts.ts';

const mostNamed = 3;

export const toastWords = (toast: Toast): string => {
  const words = toast.kind === 'failures' ? failureWords(toast) : conditionWords(toast);
  if (toast.heldBack === 0) return words;
  return `${words} ${t('({0} earlier notifications were held back)', toast.heldBack)}`;
};

const failureWords = ({ told, cluster }: Extract<Toast, { kind: 'failures' }>): string => {
  const [first, ...others] = told;
  if (!first) return '';
  const where = partOf(cluster.name);
  if (others.length === 0) return oneKind(first, where);
  const all = told.reduce((sum, { inLastMinute }) => sum + inLastMinute, 0);
  const named = told.slice(0, mostNamed).map(({ group, inLastMinute }) => {
    const kind = partOf(group.exceptionType);
    return group.taskName === null
      ? `${kind} ×${inLastMinute}`
      : `${partOf(group.taskName)} (${kind}) ×${inLastMinute}`;
  });
  const list = [...named, ...(told.length > mostNamed ? ['…'] : [])].join(', ');
  return t('{0} tasks failed in {1} ways on {2}: {3}', count(all), told.length, where, list);
};

const oneKind = ({ group, inLastMinute }: ReportedFailures, cluster: string): string => {
  const task = partOf(group.taskName ?? t('A task'));
  return inLastMinute > 1
    ? t('{0} failed {1} times in 60 s ({2}) on {3}', task, count(inLastMinute), partOf(group.exceptionType), cluster)
    : t('{0} failed on {1} ({2})', task, cluster, quoted(failureTitle(group)));
};

const conditionWords = ({ condition, cluster, detail }: Extract<Toast, { kind: 'condition' }>): string =>
  condition === 'workersLost'
    ? t('All workers of {0} are lost ({1}). No task is running there.', partOf(cluster.name), partOf(detail))
    : t('The broker of {0} accepts no messages: {1}', partOf(cluster.name), quoted(redact(detail)));

export const recoveryWords = ({ condition, cluster }: Recovery): string =>
  condition === 'workersLost'
    ? t('{0}: workers are back', partOf(cluster.name))
    : t('{0}: the broker accepts messages again', partOf(cluster.name));
