import { t } from '@vscode/l10n';

export interface Choice {
  /** Null: everything. */
  readonly name: string | null;
  readonly label: string;
  readonly isChosen: boolean;
}

const mostShown = 100;

/**
 * What can be picked after this was typed: those that begin so, then those that hold it; a `*` makes a pattern. What is
 * chosen comes first, so that it is found again among thousands.
 */
export const choicesOf = (names: readonly string[], typed: string, chosen: readonly string[]): readonly Choice[] => {
  const text = typed.trim().toLowerCase();
  const known = [...chosen, ...names.filter((name) => !chosen.includes(name))];
  const fitting = text === '' || text.includes('*') ? known : known.filter((name) => name.toLowerCase().includes(text));
  const ordered = [...fitting].sort((a, b) => place(a, text) - place(b, text));
  const pattern = typed.includes('*')
    ? [{ name: typed.trim(), label: t('All matching {0}', typed.trim()), isChosen: false }]
    : [];
  const all = chosen.length > 0 && text === '' ? [{ name: null, label: t('All'), isChosen: false }] : [];
  const shown = typed.includes('*')
    ? []
    : ordered.slice(0, mostShown).map((name) => ({ name, label: name, isChosen: chosen.includes(name) }));
  return [...all, ...pattern, ...shown];
};

const place = (name: string, text: string): number => (name.toLowerCase().startsWith(text) ? 0 : 1);
