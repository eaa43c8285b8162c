import { t } from '@vscode/l10n';
import { isPlaceholder } from '../placeholder.ts';
import type { Asker } from './asker.ts';
import { type ConnectionDraft, withField } from './draft.ts';
import { mapAnswer, type Step } from './runSteps.ts';

const schemes = [
  'redis',
  'rediss',
  'redis+socket',
  'sentinel',
  'amqp',
  'amqps',
  'pyamqp',
  'librabbitmq',
  'filesystem',
] as const;

export const urlStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: () => true,
  ask: async (draft, position) =>
    mapAnswer(
      await asker.text({
        position,
        prompt: t("Paste Celery's broker_url. A password in it goes to the secret storage, not into the settings."),
        placeholder: 'redis://localhost:6379/0 · amqp://user@host:5672/vhost · filesystem://',
        value: draft.url,
        problemOf: urlProblem,
      }),
      (text) => withField(draft, 'url', text.trim()),
    ),
});

/** Why a text cannot be a broker URL; null: it may be one. */
export const urlProblem = (text: string): string | null => {
  const url = text.trim();
  if (url === '') return t('A connection needs the URL of its broker.');
  if (isPlaceholder(url)) return null;
  const scheme = /^([\w+.-]+):\/\//.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return t('A broker URL begins with a scheme, such as redis:// or amqp://.');
  if (schemes.some((each) => each === scheme)) return null;
  return t('Celeriac cannot watch workers through {0}://. It can through {1}.', scheme, schemes.join(', '));
};
