import { t } from '@vscode/l10n';

/** What two workers answered differently: names of settings, or members of a list. Both texts are JSON. */
export const differencesOf = (one: string, other: string): readonly string[] => {
  const [a, b] = [flat(JSON.parse(one)), flat(JSON.parse(other))];
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].filter((name) => a.get(name) !== b.get(name)).toSorted();
};

/** "3 differ: a, b, c" */
export const differenceWords = (names: readonly string[]): string => {
  if (names.length === 0) return t('no difference');
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? t('{0} differ: {1} …', names.length, shown) : t('{0} differ: {1}', names.length, shown);
};

const flat = (value: unknown): Map<string, string> => {
  if (Array.isArray(value)) return new Map(value.map((each) => [wordOf(each), '']));
  if (typeof value !== 'object' || value === null) return new Map([['', wordOf(value)]]);
  return new Map(Object.entries(value).map(([name, each]) => [name, JSON.stringify(each)]));
};

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
