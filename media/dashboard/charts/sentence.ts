import { t } from '@vscode/l10n';
import type { Gap } from '../../../server/api/model.ts';
import { inUnit } from '../../page/inUnit.ts';
import { clock } from '../../page/times.ts';
import type { ChartPanel, Line } from './chartPanel.ts';

const mostLines = 8;

export const isEmpty = ({ lines }: ChartPanel): boolean =>
  lines.every(({ values }) => values.every((value) => value === null));

/** A chart in words: of each line the latest value, the highest and the lowest. */
export const sentenceOf = (panel: ChartPanel, gaps: readonly Gap[]): string => {
  if (isEmpty(panel)) return `${panel.title}. ${panel.empty}`;
  const lines = panel.lines.slice(0, mostLines).flatMap((line) => sentenceOfLine(line, panel));
  const missing = gaps.map(gapSentence);
  return [`${panel.title}.`, ...lines, panel.note, ...missing].filter(Boolean).join(' ');
};

const sentenceOfLine = ({ label, values }: Line, { unit }: ChartPanel): string[] => {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [t('{0}: unknown.', label)];
  const [last, low, high] = [known.at(-1), Math.min(...known), Math.max(...known)];
  return [
    t('{0}: {1} at the end, between {2} and {3}.', label, inUnit(last, unit), inUnit(low, unit), inUnit(high, unit)),
  ];
};

export const gapSentence = ({ from, to, reason }: Gap): string =>
  t('No events from {0} to {1}: {2}', clock(from), clock(to), reason);
