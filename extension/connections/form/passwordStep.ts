import { t } from '@vscode/l10n';
import { writePlaceholder } from '../placeholder.ts';
import type { Asker, Choice } from './asker.ts';
import { type ConnectionDraft, schemeOf } from './draft.ts';
import { type Answer, mapAnswer, next, type Position, type Step } from './runSteps.ts';
import { passwordIn, withPassword } from './urlPassword.ts';

type Way = 'keep' | 'type' | 'variable' | 'ask' | 'none';

/** The place of the broker's password among a connection's secrets. */
const slot = 'url';

export const passwordStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: (draft) => schemeOf(draft) !== '' && schemeOf(draft) !== 'filesystem',
  ask: async (draft, position) => {
    for (;;) {
      const choices = ways(draft);
      const way = await asker.choose({ position, placeholder: t('How does the broker know us?'), choices });
      if (way.kind !== 'next') return way;
      const answer = await go(way.value, draft, asker, position);
      if (answer.kind !== 'back') return answer;
    }
  },
});

/** What fits best comes first: it is taken by Enter. */
const ways = (draft: ConnectionDraft): Choice<Way>[] => {
  const now = passwordIn(draft.url);
  const secret = now && draft.secrets[now.name] !== undefined && now.source === 'secret';
  const keep: Choice<Way>[] = [];
  if (secret) keep.push({ label: t('Keep the password'), detail: inStorage(), value: 'keep' });
  if (now?.source === 'env')
    keep.push({ label: t('Keep taking it from {0}', now.name), detail: variableDetail(), value: 'keep' });
  if (now?.source === 'ask') keep.push({ label: t('Keep asking each time'), detail: askDetail(), value: 'keep' });
  const others: Choice<Way>[] = [
    { label: t('No password'), value: 'none' },
    { label: t('Enter the password…'), detail: inStorage(), value: 'type' },
    { label: t('Take it from an environment variable…'), detail: variableDetail(), value: 'variable' },
    { label: t('Ask each time'), detail: askDetail(), value: 'ask' },
  ];
  return keep.length === 0 && now === null ? others : [...keep, ...others.slice(1), ...others.slice(0, 1)];
};

const inStorage = (): string => t("Kept in VS Code's secret storage; the settings hold a placeholder.");
const variableDetail = (): string => t('Read where VS Code was started; the settings hold its name.');
const askDetail = (): string => t('Kept in memory until VS Code ends.');

const go = async (
  way: Way,
  draft: ConnectionDraft,
  asker: Asker,
  position: Position,
): Promise<Answer<ConnectionDraft>> => {
  // A second question of the same step always has a way back: to the first.
  const within = { step: Math.max(2, position.step), totalSteps: Math.max(2, position.totalSteps) };
  switch (way) {
    case 'keep':
      return next(draft);
    case 'none':
      return next({ ...draft, url: withPassword(draft.url, null) });
    case 'ask':
      return next(placed(draft, writePlaceholder({ source: 'ask', name: slot }), null));
    case 'variable':
      return mapAnswer(await askVariable(asker, within), (name) =>
        placed(draft, writePlaceholder({ source: 'env', name: name.trim() }), null),
      );
    case 'type':
      return mapAnswer(await askPassword(asker, within), (secret) =>
        placed(draft, writePlaceholder({ source: 'secret', name: slot }), secret),
      );
    default:
      return way satisfies never;
  }
};

const placed = (draft: ConnectionDraft, placeholder: string, secret: string | null): ConnectionDraft => ({
  ...draft,
  url: withPassword(draft.url, placeholder),
  secrets: secret === null ? draft.secrets : { ...draft.secrets, [slot]: secret },
});

const askVariable = (asker: Asker, position: Position): Promise<Answer<string>> =>
  asker.text({
    position,
    prompt: t('The name of the environment variable that holds the password.'),
    placeholder: 'REDIS_PASSWORD',
    problemOf: (text) => (/^\w+$/.test(text.trim()) ? null : t('A name has letters, digits and underscores only.')),
  });

const askPassword = (asker: Asker, position: Position): Promise<Answer<string>> =>
  asker.text({
    position,
    prompt: t('The password of the broker, as it is: nothing has to be escaped.'),
    isPassword: true,
    problemOf: (text) => (text === '' ? t('Type the password, or go back and choose "No password".') : null),
  });
