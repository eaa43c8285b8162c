import type * as vscode from 'vscode';
import type { ClusterSnapshot } from '../../server/api/model.ts';

/** How a row looks, and what it says when pointed at. */
export interface RowLook {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly color?: string | null;
  /** Its label has the colour of production. */
  readonly isProduction?: boolean;
  readonly contextValue: string;
  /** Whether it has rows below it, and whether they show at first; none unless said. */
  readonly expandable?: 'no' | 'open' | 'closed';
  /** Its lines, made only when somebody wants to read them. */
  readonly tooltip: () => readonly string[];
  /** VS Code keeps a row's tooltip until the row is drawn anew: what of it is worth that. */
  readonly tooltipMark?: string;
  /** Runs when the row is selected. */
  readonly command?: vscode.Command | null;
}

export const warningColor = 'problemsWarningIcon.foreground';
export const errorColor = 'problemsErrorIcon.foreground';
export const okColor = 'testing.iconPassed';
export const staleColor = 'disabledForeground';

/** Everything about a row that is drawn before anybody points at it. */
export const drawn = ({
  label,
  description,
  icon,
  color,
  isProduction,
  contextValue,
  expandable,
  tooltipMark,
}: RowLook): string =>
  [label, description, icon, color, isProduction, contextValue, expandable, tooltipMark].join('\u0000');

/** Without those that say nothing. */
export const lines = (...texts: readonly (string | null | false)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text !== '');

/** A row that is a sentence, as long as it may be; pointed at, it says more. */
export const sentenceLook = (look: Omit<RowLook, 'tooltip'>, ...more: readonly string[]): RowLook => ({
  ...look,
  tooltip: () => lines(look.label, ...more),
});

/** How a row's context value ends: whether its connection may be changed, so that menus offer writes only where they work. */
export const rights = ({ isReadOnly }: Pick<ClusterSnapshot, 'isReadOnly'>): 'ro' | 'rw' => (isReadOnly ? 'ro' : 'rw');
