import { type ReadValue, readCount, readSeconds, readSort, readState, readText } from './optionValues.ts';
import { readTransportOption } from './transportOption.ts';

/** One option as it may be typed. Every option means the same to every command, so it may stand before the command. */
export interface OptionSyntax<T> {
  /** What its value is called in the help; null for a flag. */
  readonly value: string | null;
  readonly short?: string;
  /** Puts one more text into the value; a flag gets ''. */
  readonly take: (before: T | undefined, text: string, name: string) => T;
}

const flag = (short?: string): OptionSyntax<boolean> => ({
  value: null,
  ...(short === undefined ? {} : { short }),
  take: () => true,
});

const one = <T>(value: string, read: ReadValue<T>): OptionSyntax<T> => ({
  value,
  take: (_before, text, name) => read(text, name),
});

const many = <T>(value: string, read: ReadValue<T>): OptionSyntax<readonly T[]> => ({
  value,
  take: (before = [], text, name) => [...before, read(text, name)],
});

export const options = {
  broker: one('URL', readText),
  'transport-option': many('KEY=VALUE', readTransportOption),
  config: one('FILE', readText),
  'tls-ca': one('FILE', readText),
  'tls-cert': one('FILE', readText),
  'tls-key': one('FILE', readText),
  json: flag(),
  help: flag('h'),
  version: flag(),
  watch: flag(),
  timeout: one('S', readSeconds),
  seconds: one('N', readSeconds),
  type: many('TYPE', readText),
  state: many('STATE', readState),
  name: many('NAME', readText),
  worker: many('HOSTNAME', readText),
  queue: many('QUEUE', readText),
  search: one('TEXT', readText),
  limit: one('N', readCount),
  sort: one('COLUMN', readSort),
  from: one('FILE', readText),
  'max-tasks': one('N', readCount),
} as const;

export type OptionName = keyof typeof options;

type ValueOf<O> = O extends OptionSyntax<infer T> ? T : never;

/** What was typed. */
export type OptionValues = { readonly [K in OptionName]?: ValueOf<(typeof options)[K]> };

export const optionNames = Object.keys(options) as readonly OptionName[];

export const isOptionName = (name: string): name is OptionName => Object.hasOwn(options, name);
