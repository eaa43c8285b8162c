import { t } from '@vscode/l10n';

export interface Choice {
  /** Null: everything. */
  readonly name: string | null;
  readonly label: string;
}

const mostShown = 100;

/** What can be picked after this was typed: those that begin so, then those that hold it; a `*` makes a pattern. */
export const choicesOf = (names: readonly string[], typed: string, hasChosen: boolean): readonly Choice[] => {
  const text = typed.trim().toLowerCase();
  const fitting = text === '' || text.includes('*') ? names : names.filter((name) => name.toLowerCase().includes(text));
  const ordered = [...fitting].sort((a, b) => place(a, text) - place(b, text));
  const pattern = typed.includes('*') ? [{ name: typed.trim(), label: t('All like {0}', typed.trim()) }] : [];
  const all = hasChosen && text === '' ? [{ name: null, label: t('All') }] : [];
  const shown = typed.includes('*') ? [] : ordered.slice(0, mostShown).map((name) => ({ name, label: name }));
  return [...all, ...pattern, ...shown];
};

const place = (name: string, text: string): number => (name.toLowerCase().startsWith(text) ? 0 : 1);
