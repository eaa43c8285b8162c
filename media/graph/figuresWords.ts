import { t } from '@vscode/l10n';
import type { CodeGraphNode } from '../../server/api/codePages.ts';
import { count } from '../../server/api/figures.ts';

/** What stands below a name: what it is, or what it did in the last hour. */
export const figuresWords = ({ kind, figures }: Pick<CodeGraphNode, 'kind' | 'figures'>): string => {
  if (kind === 'schedule') return t('schedule');
  if (kind === 'code') return t('code');
  if (figures === null) return '';
  const { running, waiting, runs, failed } = figures;
  const parts = [
    running > 0 ? t('{0} running', count(running)) : '',
    waiting > 0 ? t('{0} waiting', count(waiting)) : '',
    failed > 0 ? t('{0} of {1} failed', count(failed), count(runs)) : runsWord(runs),
  ];
  return parts.filter(Boolean).join(' · ');
};

const runsWord = (runs: number): string => (runs === 1 ? t('1 run') : t('{0} runs', count(runs)));
