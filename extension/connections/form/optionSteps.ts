import { t } from '@vscode/l10n';
import { withAbsoluteFolders } from '../absoluteFolders.ts';
import { writePlaceholder } from '../placeholder.ts';
import type { Asker } from './asker.ts';
import { type ConnectionDraft, schemeOf, withField } from './draft.ts';
import { mapAnswer, type Step } from './runSteps.ts';

/** One of Celery's `broker_transport_options` that people have to set, and for which URLs. */
interface TransportOption {
  readonly name: string;
  readonly schemes: RegExp;
  readonly prompt: () => string;
  readonly placeholder: string;
  readonly isRequired?: true;
}

const transportOptions: readonly TransportOption[] = [
  {
    name: 'master_name',
    schemes: /^sentinel$/,
    prompt: () => t('The name by which the sentinels know the server: the transport option master_name.'),
    placeholder: 'mymaster',
    isRequired: true,
  },
  {
    name: 'global_keyprefix',
    schemes: /^(rediss?|redis\+socket|sentinel)$/,
    prompt: () => t('The transport option global_keyprefix, if your app sets it. Leave it empty if not.'),
    placeholder: t('none'),
  },
  {
    name: 'data_folder_in',
    schemes: /^filesystem$/,
    prompt: () => t('The folder that workers read, data_folder_in. A relative one begins in the workspace.'),
    placeholder: 'data_in',
  },
  {
    name: 'data_folder_out',
    schemes: /^filesystem$/,
    prompt: () => t('The folder that workers write, data_folder_out. Often it is the same.'),
    placeholder: 'data_out',
  },
  {
    name: 'control_folder',
    schemes: /^filesystem$/,
    prompt: () => t('The folder with the bindings, control_folder.'),
    placeholder: 'control',
  },
  {
    name: 'management_url',
    schemes: /^(amqps?|pyamqp|librabbitmq)$/,
    prompt: () => t("RabbitMQ's management API, if it is not at port 15672 of the same host. Leave it empty if it is."),
    placeholder: 'http://user@host:15672',
  },
];

/** `baseFolder` is where relative folders begin. */
export const optionSteps = (asker: Asker, baseFolder: string): readonly Step<ConnectionDraft>[] => [
  ...transportOptions.map((option) => optionStep(asker, option, baseFolder)),
  sentinelPasswordStep(asker),
];

const optionStep = (asker: Asker, option: TransportOption, baseFolder: string): Step<ConnectionDraft> => ({
  applies: (draft) => option.schemes.test(schemeOf(draft)),
  ask: async (draft, position) => {
    const { [option.name]: now, ...others } = draft.transportOptions;
    const answer = await asker.text({
      position,
      prompt: option.prompt(),
      placeholder: option.placeholder,
      value: typeof now === 'string' ? now : '',
      problemOf: (text) =>
        option.isRequired && text.trim() === '' ? t('Without it the server cannot be found.') : null,
    });
    return mapAnswer(answer, (text) => {
      const value = text.trim();
      const options = value === '' ? others : { ...others, [option.name]: value };
      return withField(draft, 'transportOptions', withAbsoluteFolders(draft.url, options, baseFolder));
    });
  },
});

const sentinelSlot = 'transportOptions.sentinel_kwargs.password';

const sentinelPasswordStep = (asker: Asker): Step<ConnectionDraft> => ({
  applies: (draft) => schemeOf(draft) === 'sentinel',
  ask: async (draft, position) => {
    const answer = await asker.text({
      position,
      prompt: t('The password of the sentinels themselves, if they ask for one. Leave it empty if not.'),
      value: draft.secrets[sentinelSlot] ?? '',
      isPassword: true,
    });
    return mapAnswer(answer, (secret) => withSentinelPassword(draft, secret));
  },
});

const withSentinelPassword = (draft: ConnectionDraft, secret: string): ConnectionDraft => {
  const { sentinel_kwargs: kwargs, ...others } = draft.transportOptions;
  const { password: _, ...rest } =
    typeof kwargs === 'object' && kwargs !== null ? { password: '', ...kwargs } : { password: '' };
  if (secret === '') {
    const kept = Object.keys(rest).length === 0 ? others : { ...others, sentinel_kwargs: rest };
    return { ...draft, transportOptions: kept };
  }
  const password = writePlaceholder({ source: 'secret', name: sentinelSlot });
  return {
    ...draft,
    transportOptions: { ...others, sentinel_kwargs: { ...rest, password } },
    secrets: { ...draft.secrets, [sentinelSlot]: secret },
  };
};
