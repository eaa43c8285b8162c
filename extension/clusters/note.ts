import { t } from '@vscode/l10n';
import type { WorkerDetail } from '../../server/api/workerDetail.ts';
import { sentenceLook, warningColor } from '../rows/rowLook.ts';
import { detailOf } from './clusterForest.ts';
import { clusterKind } from './clusterKind.ts';
import type { HoldingKind } from './clusterNode.ts';
import { silenceOf, wordsOf } from './holding.ts';

/** Stands in place of rows: the list is empty, the answer is on its way, or the reason why it is unknown. */
export const note = clusterKind<'note'>({
  key: ({ clusterId, hostname, list }) => `note:${clusterId}:${hostname}:${list ?? ''}`,
  look(node, { snapshot, forest }) {
    const detail = detailOf(forest, node);
    const isLive = snapshot.link.kind === 'live';
    const problem = problemOf(detail, node.list);
    return sentenceLook({
      label: detail === null ? waitingWords(isLive) : labelOf(detail, node.list),
      icon: problem !== null ? 'warning' : detail === null && isLive ? 'loading~spin' : 'info',
      color: problem !== null ? warningColor : null,
      contextValue: 'note',
    });
  },
  parent: ({ clusterId, hostname, list }) =>
    list === null ? { kind: 'worker', clusterId, hostname } : { kind: 'holding', clusterId, hostname, list },
});

/** The reason that does not stand above the lists already. */
const problemOf = (detail: WorkerDetail | null, list: HoldingKind | null): string | null => {
  const silence = silenceOf(detail);
  if (list === null) return silence;
  return detail === null || silence !== null ? null : detail[list].problem;
};

const waitingWords = (isLive: boolean): string =>
  isLive ? t('Asking the worker…') : t('Unknown: the broker is not reachable');

const labelOf = (detail: WorkerDetail, list: HoldingKind | null): string => {
  if (list === null) return silenceOf(detail) ?? '';
  return silenceOf(detail) === null ? (detail[list].problem ?? wordsOf(list).nothing) : unknownWords(detail, list);
};

const unknownWords = (detail: WorkerDetail, list: HoldingKind): string =>
  detail[list].rows === null
    ? t('Only the worker can report this')
    : t('None in its events; only the worker can report them');
