import type { OptionName } from './options.ts';
import { asking } from './specs/asking.ts';
import { code } from './specs/code.ts';
import type { CommandSpec } from './specs/commandSpec.ts';
import { serving } from './specs/serving.ts';
import { tasksAndQueues } from './specs/tasksAndQueues.ts';
import { watching } from './specs/watching.ts';

/** Every command, in the order of the help. */
export const commands = {
  ...watching,
  ...asking,
  ...tasksAndQueues,
  ...code,
  ...serving,
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof commands;

/** What may be typed; `help` has no code of its own. */
export const commandNames: readonly string[] = [...Object.keys(commands), 'help'];

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(commands, word);

export const globalOptions = {
  broker: "the broker, as Celery's broker_url",
  'transport-option': "one of Celery's broker_transport_options; use dots for nested options; may be repeated",
  config:
    "a JSON file with Celery's broker_url, broker_transport_options, broker_use_ssl, result_backend and result_backend_transport_options",
  'tls-ca': 'the CA certificate of the broker or Redis result backend (PEM)',
  'tls-cert': 'the client certificate (PEM)',
  'tls-key': 'the private key of the client certificate (PEM)',
  json: 'print JSON instead of text',
  help: 'show help, or the help of a command',
  version: 'show the version',
} as const satisfies Partial<Record<OptionName, string>>;
