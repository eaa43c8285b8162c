import { t } from '@vscode/l10n';
import { maskPlaceholders } from '../placeholder.ts';
import type { Asker } from './asker.ts';
import { type ConnectionDraft, withField } from './draft.ts';
import type { Field } from './field.ts';
import { urlProblem, urlProblemWhileTyping } from './urlProblem.ts';

export const urlField = (): Field => ({
  id: 'url',
  label: t('URL'),
  applies: () => true,
  describe: ({ url }) => maskPlaceholders(url),
  isTested: true,
  change: (draft, asker, title) => askUrl(draft, asker, title),
});

/** A password in the URL goes to the secret storage at once. */
const askUrl = async (draft: ConnectionDraft, asker: Asker, title: string): Promise<ConnectionDraft | undefined> => {
  const text = await asker.text({
    title,
    prompt: t("Paste Celery's broker_url. A password in it goes to the secret storage, not to the settings."),
    placeholder: 'redis://localhost:6379/0 · amqp://user@host:5672/vhost · filesystem://',
    value: draft.url,
    problemOf: urlProblem,
    problemWhileTyping: urlProblemWhileTyping,
  });
  return text === undefined ? undefined : withField(draft, 'url', text.trim());
};

/** The same place by another protocol: a path means a database in one and a virtual host in the other. */
export const withScheme = (draft: ConnectionDraft, scheme: string): ConnectionDraft => {
  const match = /^\s*([\w+.-]+):\/\/([^/?#;]*)([^?#;]*)(.*)$/s.exec(draft.url);
  if (!match) return draft;
  const [, former = '', place = '', path = '', rest = ''] = match;
  const isSame = isAmqp(former) === isAmqp(scheme);
  const newPath = isSame ? path : isAmqp(scheme) ? '//' : '/0';
  return withField(draft, 'url', `${scheme}://${place}${newPath}${rest}`);
};

const isAmqp = (scheme: string): boolean => /amqp|rabbitmq/i.test(scheme);
