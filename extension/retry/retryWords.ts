import { t } from '@vscode/l10n';
import { count } from '../../server/api/figures.ts';
import { partOf } from '../shown/plainLine.ts';
import type { OriginalCall } from './originalCall.ts';

const mostNamed = 3;

/** What a retry of many does, before it is done. */
export const manyConsequence = (ready: readonly OriginalCall[], all: number, most: number): string => {
  const names = [...new Set(ready.map(({ taskName }) => taskName))];
  const queues = [...new Set(ready.map(({ queue }) => queue))];
  const left = all - ready.length;
  return [
    t('Sends {0} tasks again with their original arguments and new IDs.', ready.length),
    t('Tasks: {0}. Queues: {1}.', listed(names), listed(queues)),
    left > 0 ? t('Skips {0} with incomplete arguments; retry those one by one.', left) : '',
    all >= most ? t('There may be more: at most {0} are sent at a time.', count(most)) : '',
  ]
    .filter(Boolean)
    .join(' ');
};

interface Outcome {
  readonly sent: number;
  /** Their arguments are not known whole. */
  readonly leftOut: number;
  /** Somebody stopped before them. */
  readonly stoppedBefore: number;
  readonly problems: readonly string[];
}

/** What came of it. */
export const manyOutcome = ({ sent, leftOut, stoppedBefore, problems }: Outcome): string =>
  [
    t('Sent {0} tasks again.', sent),
    stoppedBefore > 0 ? t('Stopped before {0} others.', stoppedBefore) : '',
    leftOut > 0 ? t('Skipped {0} with incomplete arguments.', leftOut) : '',
    problems.length > 0 ? t('{0} could not be sent: {1}', problems.length, partOf(problems[0] ?? '')) : '',
  ]
    .filter(Boolean)
    .join(' ');

const listed = (names: readonly (string | null)[]): string =>
  [...names.slice(0, mostNamed).map((name) => partOf(name ?? '')), ...(names.length > mostNamed ? ['…'] : [])].join(
    ', ',
  );
