import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { lines, type RowLook } from './rowLook.ts';
import { count } from './wording.ts';

interface More {
  /** How many come next; 0: there is no way to see them. */
  readonly step: number;
  readonly rest: string;
  /** What the row says when no more come. */
  readonly end?: string;
  readonly command: (title: string) => vscode.Command;
  readonly contextValue?: string;
}

/** Stands for rows that are not shown; selecting it shows the next ones, where there is a way to. */
export const moreLook = ({ step, rest, command, end = '', contextValue = 'more' }: More): RowLook => {
  const label = step > 0 ? t('Show {0} more…', count(step)) : end;
  return {
    label,
    description: rest,
    icon: 'ellipsis',
    contextValue,
    tooltip: () => lines([label, rest].filter(Boolean).join(' · ')),
    command: step > 0 ? command(label) : null,
  };
};
