import { t } from '@vscode/l10n';
import { type RowView, warningColor } from './rowView.ts';
import { count } from './wording.ts';

/** Stands for rows that are not shown; selecting it shows the next ones, where there is a way to. */
export const moreView = (hidden: number, step: number): RowView => {
  const label = step > 0 ? t('Show {0} more…', count(Math.min(hidden, step))) : t('{0} more', count(hidden));
  const rest = step > 0 ? t('{0} are not shown', count(hidden)) : t('not shown here');
  return {
    label,
    description: rest,
    icon: 'ellipsis',
    color: null,
    contextValue: 'more',
    expandable: 'no',
    tooltip: () => [`${label} · ${rest}`],
  };
};

/** A connection that cannot be opened, or a row whose subject is gone. */
export const unusableView = (name: string, problem: string): RowView => ({
  label: name,
  description: problem,
  icon: 'warning',
  color: warningColor,
  contextValue: 'connection;unusable',
  expandable: 'no',
  tooltip: () => [`${name}: ${problem}`],
});
