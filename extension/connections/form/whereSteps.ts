import { t } from '@vscode/l10n';
import type { Environment } from '../../../server/api/model.ts';
import type { Asker, Choice } from './asker.ts';
import { type ConnectionDraft, withField } from './draft.ts';
import { mapAnswer, type Step } from './runSteps.ts';

export const resultBackendStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: () => true,
  ask: async (draft, position) =>
    mapAnswer(
      await asker.text({
        position,
        prompt: t("Celery's result_backend, so that results can be read. Leave it empty if there is none."),
        placeholder: 'redis://localhost:6379/1 · db+sqlite:////path/results.sqlite · rpc://',
        value: draft.resultBackend,
      }),
      (text) => withField(draft, 'resultBackend', text.trim()),
    ),
});

/** `taken` are the names of the other connections. */
export const nameStep = (asker: Asker, taken: readonly string[]): Step<ConnectionDraft> => ({
  applies: () => true,
  ask: async (draft, position) =>
    mapAnswer(
      await asker.text({
        position,
        prompt: t('What the connection is called in the sidebar.'),
        value: draft.name === '' ? freeName(draft.url, taken) : draft.name,
        problemOf: (text) => nameProblem(text.trim(), taken),
      }),
      (text) => ({ ...draft, name: text.trim() }),
    ),
});

export const environmentStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: () => true,
  ask: async (draft, position) =>
    mapAnswer(
      await asker.choose({
        position,
        placeholder: t('What is it for?'),
        choices: environments(),
        current: draft.environment,
      }),
      (environment) => ({ ...draft, environment }),
    ),
});

/** `openFolders` are the folders of this window. */
export const foldersStep = (asker: Asker, openFolders: readonly string[]): Step<ConnectionDraft> => ({
  applies: (draft) => openFolders.length > 0 || draft.folders.length > 0,
  ask: async (draft, position) =>
    mapAnswer(
      await asker.choose({
        position,
        placeholder: t('Where is it shown?'),
        choices: places(draft.folders, openFolders),
        current: draft.folders,
      }),
      (folders) => ({ ...draft, folders }),
    ),
});

const environments = (): Choice<Environment>[] => [
  { label: t('Development'), description: 'dev', value: 'dev' },
  { label: t('Staging'), description: 'staging', value: 'staging' },
  {
    label: t('Production'),
    description: 'prod',
    detail: t('Read-only until you make it writable; then the name is typed before anything is deleted.'),
    value: 'prod',
  },
];

const places = (now: readonly string[], openFolders: readonly string[]): Choice<readonly string[]>[] => {
  const here = { label: t('Only where this is open'), description: openFolders.join(', '), value: openFolders };
  const kept = { label: t('Only where it was so far'), description: now.join(', '), value: now };
  return [
    ...(now.length > 0 ? [kept] : []),
    { label: t('In every window'), value: [] },
    ...(openFolders.length > 0 ? [here] : []),
  ];
};

const nameProblem = (name: string, taken: readonly string[]): string | null => {
  if (name === '') return t('A connection needs a name.');
  return taken.includes(name) ? t('There is a connection called "{0}" already.', name) : null;
};

/** After the host, which tells connections apart best. */
const freeName = (url: string, taken: readonly string[]): string => {
  const host =
    /^[\w+.-]+:\/\/(?:[^@/]*@)?([^/:?;#]+)/.exec(url)?.[1] ?? (url.startsWith('filesystem') ? 'files' : 'broker');
  const names = [host, ...Array.from({ length: taken.length + 1 }, (_, index) => `${host}-${index + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? host;
};
