import { t } from '@vscode/l10n';
import { writePlaceholder } from '../placeholder.ts';
import type { Asker, Choice } from './asker.ts';
import { type ConnectionDraft, schemeOf } from './draft.ts';
import type { Field } from './field.ts';
import { passwordIn, withPassword } from './urlPassword.ts';

type Way = 'type' | 'variable' | 'ask' | 'none';

/** The place of the broker's password among a connection's secrets. */
const slot = 'url';

export const passwordField = (): Field => ({
  id: 'password',
  label: t('Password'),
  applies: (draft) => schemeOf(draft) !== '' && schemeOf(draft) !== 'filesystem',
  describe: (draft) => describe(draft),
  isTested: true,
  change: async (draft, asker, title) => {
    const choices = ways(draft);
    const way = await asker.choose({ title, placeholder: t('Select where the password comes from'), choices });
    return way && take(way.value, draft, asker, title);
  },
});

const describe = ({ url }: ConnectionDraft): string => {
  const now = passwordIn(url);
  switch (now?.source) {
    case undefined:
      return t('none');
    case 'env':
      return t('from the environment variable {0}', now?.name ?? '');
    case 'ask':
      return t('asked for each time');
    case 'secret':
      return t('in the secret storage');
  }
};

const ways = ({ url }: ConnectionDraft): Choice<Way>[] => [
  { label: t('Enter Password…'), detail: t("Stored in VS Code's secret storage."), value: 'type' },
  {
    label: t('Use Environment Variable…'),
    detail: t('Read from the environment that VS Code was started in.'),
    value: 'variable',
  },
  { label: t('Ask Each Time'), detail: t('Kept in memory until VS Code ends.'), value: 'ask' },
  ...(passwordIn(url) === null ? [] : [{ label: t('No Password'), value: 'none' as const }]),
];

const take = async (
  way: Way,
  draft: ConnectionDraft,
  asker: Asker,
  title: string,
): Promise<ConnectionDraft | undefined> => {
  switch (way) {
    case 'none':
      return { ...draft, url: withPassword(draft.url, null) };
    case 'ask':
      return { ...draft, url: withPassword(draft.url, writePlaceholder({ source: 'ask', name: slot })) };
    case 'variable': {
      const name = await askVariable(asker, title);
      if (name === undefined) return undefined;
      return { ...draft, url: withPassword(draft.url, writePlaceholder({ source: 'env', name: name.trim() })) };
    }
    case 'type': {
      const secret = await askPassword(asker, title);
      if (secret === undefined) return undefined;
      const url = withPassword(draft.url, writePlaceholder({ source: 'secret', name: slot }));
      return { ...draft, url, secrets: { ...draft.secrets, [slot]: secret } };
    }
    default:
      return way satisfies never;
  }
};

const askVariable = (asker: Asker, title: string): Promise<string | undefined> =>
  asker.text({
    title,
    prompt: t('Name of the environment variable'),
    placeholder: 'REDIS_PASSWORD',
    problemOf: (text) => (/^\w+$/.test(text.trim()) ? null : t('Use letters, digits and underscores only.')),
  });

const askPassword = (asker: Asker, title: string): Promise<string | undefined> =>
  asker.text({
    title,
    prompt: t('Password of the broker, without escaping'),
    isPassword: true,
    problemOf: (text) => (text === '' ? t('Enter the password.') : null),
  });
