import { t } from '@vscode/l10n';
import type { Environment } from '../../../server/api/model.ts';
import { maskPlaceholders } from '../placeholder.ts';
import type { Choice } from './asker.ts';
import { type ConnectionDraft, withField } from './draft.ts';
import type { Field } from './field.ts';

/** `taken` are the names of the other connections. */
export const nameField = (taken: readonly string[]): Field => ({
  id: 'other',
  label: t('Name'),
  applies: () => true,
  describe: (draft) => nameOr(draft, taken),
  isTested: false,
  change: async (draft, asker, title) => {
    const problemOf = (text: string): string | null => nameProblem(text.trim(), taken);
    const name = await asker.text({ title, prompt: t('Display name'), value: nameOr(draft, taken), problemOf });
    return name === undefined ? undefined : { ...draft, name: name.trim() };
  },
});

export const environmentField = (): Field => ({
  id: 'other',
  label: t('Environment'),
  applies: () => true,
  describe: ({ environment }) => environments().find(({ value }) => value === environment)?.label ?? environment,
  isTested: false,
  change: async (draft, asker, title) => {
    const [placeholder, current] = [t('Select an environment'), draft.environment];
    const chosen = await asker.choose({ title, placeholder, choices: environments(), current });
    return chosen && { ...draft, environment: chosen.value };
  },
});

export const resultBackendField = (): Field => ({
  id: 'other',
  label: t('Result Backend'),
  applies: () => true,
  describe: ({ resultBackend }) => maskPlaceholders(resultBackend) || t('none'),
  isTested: false,
  change: async (draft, asker, title) => {
    const url = await asker.text({
      title,
      prompt: t("Celery's result_backend, to read results. Leave empty if there is none."),
      placeholder: 'redis://localhost:6379/1 · db+sqlite:////path/results.sqlite · rpc://',
      value: draft.resultBackend,
    });
    return url === undefined ? undefined : withField(draft, 'resultBackend', url.trim());
  },
});

/** `openFolders` are the folders of this window. */
export const foldersField = (openFolders: readonly string[]): Field => ({
  id: 'other',
  label: t('Shown In'),
  applies: (draft) => openFolders.length > 0 || draft.folders.length > 0,
  isListed: ({ folders }) => folders.length > 0,
  describe: ({ folders }) => (folders.length === 0 ? t('every window') : folders.join(', ')),
  isTested: false,
  change: async (draft, asker, title) => {
    const choices = places(draft.folders, openFolders);
    const placeholder = t('Select where the connection is shown');
    const chosen = await asker.choose({ title, placeholder, choices, current: draft.folders });
    return chosen && { ...draft, folders: chosen.value };
  },
});

/** The name, or one after the host, which tells connections apart best. */
export const nameOr = ({ name, url }: ConnectionDraft, taken: readonly string[]): string =>
  name === '' ? freeName(url, taken) : name;

const environments = (): Choice<Environment>[] => [
  { label: t('Development'), description: 'dev', value: 'dev' },
  { label: t('Staging'), description: 'staging', value: 'staging' },
  {
    label: t('Production'),
    description: 'prod',
    detail: t('Read-only by default. Deleting anything requires typing the connection name.'),
    value: 'prod',
  },
];

const places = (now: readonly string[], openFolders: readonly string[]): Choice<readonly string[]>[] => {
  const here = { label: t('Only in These Folders'), description: openFolders.join(', '), value: openFolders };
  const kept = { label: t('Only in Its Present Folders'), description: now.join(', '), value: now };
  return [
    ...(now.length > 0 ? [kept] : []),
    { label: t('In Every Window'), value: [] },
    ...(openFolders.length > 0 ? [here] : []),
  ];
};

const nameProblem = (name: string, taken: readonly string[]): string | null => {
  if (name === '') return t('Enter a name.');
  return taken.includes(name) ? t('A connection named "{0}" already exists.', name) : null;
};

const freeName = (url: string, taken: readonly string[]): string => {
  const host =
    /^[\w+.-]+:\/\/(?:[^@/]*@)?([^/:?;#]+)/.exec(url)?.[1] ?? (url.startsWith('filesystem') ? 'files' : 'broker');
  const names = [host, ...Array.from({ length: taken.length + 1 }, (_, index) => `${host}-${index + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? host;
};
