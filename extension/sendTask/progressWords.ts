import { t } from '@vscode/l10n';
import { duration } from '../../server/api/figures.ts';
import type { TaskProgress } from '../../server/api/sendTask.ts';
import { partOf } from '../shown/plainLine.ts';
import { quoted } from '../shown/quoted.ts';

/** How a followed task ended, in one sentence, and whether that is good. */
export interface Ending {
  readonly sentence: string;
  readonly severity: 'information' | 'warning';
}

export const endingOf = (task: string, { state, worker, runtimeSeconds, words }: TaskProgress): Ending => {
  const name = partOf(task);
  const where = worker === null ? '' : ` ${t('on {0}', partOf(worker))}`;
  const took = runtimeSeconds === null ? '' : ` ${t('in {0}', duration(runtimeSeconds))}`;
  const tail = words === null || words === 'None' ? '.' : `: ${quoted(words)}`;
  if (state === 'SUCCESS')
    return { severity: 'information', sentence: `${t('{0} succeeded{1}{2}', name, took, where)}${tail}` };
  if (state === 'FAILURE') return { severity: 'warning', sentence: `${t('{0} failed{1}', name, where)}${tail}` };
  return { severity: 'warning', sentence: `${t('{0} ended as {1}{2}', name, partOf(state ?? '?'), where)}${tail}` };
};

/** What stands in the notification while it is followed. */
export const stateWords = ({ state, worker }: TaskProgress): string => {
  const where = worker === null ? '' : ` ${t('on {0}', partOf(worker))}`;
  switch (state) {
    case null:
      return t('no events yet; do its workers send events?');
    case 'PENDING':
      return t('sent, waiting for a worker');
    case 'RECEIVED':
      return `${t('received')}${where}`;
    case 'STARTED':
      return `${t('running')}${where}`;
    case 'RETRY':
      return `${t('failed, retrying')}${where}`;
    default:
      return `${partOf(state)}${where}`;
  }
};
