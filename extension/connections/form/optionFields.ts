import { t } from '@vscode/l10n';
import { withAbsoluteFolders } from '../absoluteFolders.ts';
import { writePlaceholder } from '../placeholder.ts';
import { type ConnectionDraft, schemeOf, withField } from './draft.ts';
import type { Field } from './field.ts';

/** One of Celery's `broker_transport_options`, for which URLs it counts, and what holds without it. */
interface TransportOption {
  readonly name: string;
  readonly schemes: RegExp;
  readonly label: () => string;
  readonly prompt: () => string;
  readonly placeholder: string;
  readonly otherwise: () => string;
  /** Listed among the advanced options as long as nobody has set it. */
  readonly isAdvanced?: true;
}

const redis = /^(rediss?|redis\+socket|sentinel)$/;
const none = (): string => t('none');
const missing = (): string => t('required');

const transportOptions: readonly TransportOption[] = [
  {
    name: 'master_name',
    schemes: /^sentinel$/,
    label: () => t('Sentinel Master'),
    prompt: () => t('Name of the master in the sentinels (transport option master_name)'),
    placeholder: 'mymaster',
    otherwise: missing,
  },
  {
    name: 'global_keyprefix',
    schemes: redis,
    label: () => t('Key Prefix'),
    prompt: () => t('Transport option global_keyprefix. Leave empty if the app sets none.'),
    placeholder: 'shop:',
    otherwise: none,
    isAdvanced: true,
  },
  {
    name: 'data_folder_in',
    schemes: /^filesystem$/,
    label: () => t('Folder That Workers Read'),
    prompt: () => t('Transport option data_folder_in. A relative path starts in the workspace.'),
    placeholder: 'data_in',
    otherwise: () => 'data_in',
  },
  {
    name: 'data_folder_out',
    schemes: /^filesystem$/,
    label: () => t('Folder That Workers Write'),
    prompt: () => t('Transport option data_folder_out; often the same folder.'),
    placeholder: 'data_out',
    otherwise: () => 'data_out',
  },
  {
    name: 'control_folder',
    schemes: /^filesystem$/,
    label: () => t('Control Folder'),
    prompt: () => t('Transport option control_folder, the folder with the bindings.'),
    placeholder: 'control',
    otherwise: () => 'control',
  },
  {
    name: 'management_url',
    schemes: /^(amqps?|pyamqp|librabbitmq)$/,
    label: () => t('Management API'),
    prompt: () => t("URL of RabbitMQ's management API. Leave empty for port 15672 on the same host."),
    placeholder: 'http://user@host:15672',
    otherwise: () => t('port 15672 on the same host'),
    isAdvanced: true,
  },
];

/** `baseFolder` is where relative folders start. */
export const optionFields = (baseFolder: string): readonly Field[] => [
  ...transportOptions.map((option) => optionField(option, baseFolder)),
  sentinelPasswordField(),
];

const optionField = (option: TransportOption, baseFolder: string): Field => ({
  id: 'options',
  label: option.label(),
  applies: (draft) => option.schemes.test(schemeOf(draft)),
  ...(option.isAdvanced ? { isListed: (draft) => textOf(draft.transportOptions[option.name]) !== '' } : {}),
  describe: (draft) => textOf(draft.transportOptions[option.name]) || option.otherwise(),
  isTested: true,
  change: async (draft, asker, title) => {
    const { [option.name]: now, ...others } = draft.transportOptions;
    const { placeholder } = option;
    const typed = await asker.text({ title, prompt: option.prompt(), placeholder, value: textOf(now) });
    if (typed === undefined) return undefined;
    const value = typed.trim();
    const options = value === '' ? others : { ...others, [option.name]: value };
    return withField(draft, 'transportOptions', withAbsoluteFolders(draft.url, options, baseFolder));
  },
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const sentinelSlot = 'transportOptions.sentinel_kwargs.password';

const sentinelPasswordField = (): Field => ({
  id: 'options',
  label: t('Sentinel Password'),
  applies: (draft) => schemeOf(draft) === 'sentinel',
  describe: (draft) => (draft.secrets[sentinelSlot] ? t('in the secret storage') : t('none')),
  isTested: true,
  change: async (draft, asker, title) => {
    const prompt = t('Password of the sentinels themselves. Leave empty if they need none.');
    const secret = await asker.text({ title, prompt, value: draft.secrets[sentinelSlot] ?? '', isPassword: true });
    return secret === undefined ? undefined : withSentinelPassword(draft, secret);
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
