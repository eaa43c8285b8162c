import type { NodeView } from './nodeView.ts';

/** How a row looks, with what it says when pointed at: its lines, made only when somebody wants to read them. */
export interface RowView extends Omit<NodeView, 'tooltip'> {
  readonly tooltip: () => readonly string[];
  /** VS Code keeps a row's tooltip until the row is drawn anew: what of it is worth that. */
  readonly tooltipMark?: string;
}

export const warningColor = 'problemsWarningIcon.foreground';
export const errorColor = 'problemsErrorIcon.foreground';
export const okColor = 'testing.iconPassed';
export const staleColor = 'disabledForeground';

/** Everything about a row that is drawn before anybody points at it. */
export const lookOf = ({ label, description, icon, color, contextValue, expandable, tooltipMark }: RowView): string =>
  [label, description, icon, color, contextValue, expandable, tooltipMark].join('\u0000');

/** Without those that say nothing. */
export const lines = (...texts: readonly (string | null | false)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text !== '');
