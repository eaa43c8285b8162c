import {
  type ReadValue,
  readAddressRange,
  readCount,
  readHttpUrl,
  readOutput,
  readPort,
  readRate,
  readSeconds,
  readShare,
  readSort,
  readState,
  readText,
  readVocabulary,
} from './optionValues.ts';
import { readArray, readExpiry, readMoment, readObject, readPriority, readSignalName } from './sendValues.ts';
import { readTransportOption } from './transportOption.ts';

/** One option as it may be typed. Every option means the same to every command, so it may stand before the command. */
export interface OptionSyntax<T> {
  /** What its value is called in the help; null for a flag. */
  readonly value: string | null;
  readonly short?: string;
  /** Puts one more text into the value; a flag gets ''. */
  readonly take: (before: T | undefined, text: string, name: string) => T;
}

const shortly = (short?: string) => (short === undefined ? {} : { short });

const flag = (short?: string): OptionSyntax<boolean> => ({ value: null, ...shortly(short), take: () => true });

const one = <T>(value: string, read: ReadValue<T>, short?: string): OptionSyntax<T> => ({
  value,
  ...shortly(short),
  take: (_before, text, name) => read(text, name),
});

const many = <T>(value: string, read: ReadValue<T>, short?: string): OptionSyntax<readonly T[]> => ({
  value,
  ...shortly(short),
  take: (before = [], text, name) => [...before, read(text, name)],
});

/** Several in one, with commas between them. */
const list = (value: string): OptionSyntax<readonly string[]> => ({
  value,
  take: (before = [], text) => [...before, ...text.split(',').map((each) => each.trim())],
});

export const options = {
  broker: one('URL', readText),
  server: one('URL', readHttpUrl),
  'transport-option': many('KEY=VALUE', readTransportOption),
  config: one('FILE', readText),
  'tls-ca': one('FILE', readText),
  'tls-cert': one('FILE', readText),
  'tls-key': one('FILE', readText),
  json: flag('j'),
  output: one('FORMAT', readOutput, 'o'),
  help: flag('h'),
  version: flag(),
  watch: flag(),
  verbose: flag(),
  timeout: one('S', readSeconds, 't'),
  seconds: one('N', readSeconds),
  type: many('TYPE', readText),
  state: many('STATE', readState),
  name: many('NAME', readText),
  worker: many('HOSTNAME', readText),
  queue: many('QUEUE', readText, 'Q'),
  peek: one('QUEUE', readText),
  search: one('TEXT', readText),
  query: one('QUERY', readText),
  filter: one('NAME', readText),
  'dry-run': flag(),
  rate: one('N/s', readRate),
  limit: one('N', readCount),
  sort: one('COLUMN', readSort),
  from: one('FILE', readText),
  'max-tasks': one('N', readCount),
  destination: many('WORKER', readText, 'd'),
  yes: flag('y'),
  force: flag('f'),
  backend: one('URL', readText),
  wait: flag(),
  args: one('JSON', readArray),
  kwargs: one('JSON', readObject),
  eta: one('TIME', readMoment),
  countdown: one('S', readSeconds),
  expires: one('TIME', readExpiry),
  priority: one('N', readPriority),
  id: one('ID', readText),
  terminate: flag(),
  signal: one('SIGNAL', readSignalName),
  host: one('ADDRESS', readText),
  port: one('PORT', readPort),
  'allow-write': flag(),
  'allowed-host': many('NAME', readText),
  'token-file': one('FILE', readText),
  'trusted-header': one('NAME', readText),
  'trusted-proxy': many('ADDRESS', readAddressRange),
  compat: one('EXPORTER', readVocabulary),
  'generic-hostname-task-sent-metric': flag(),
  'generic-hostname-worker-task-metric': flag(),
  history: one('FOLDER', readText),
  'max-series': one('N', readCount),
  otlp: one('URL', readHttpUrl),
  'otlp-share': one('SHARE', readShare),
  task: one('NAME', readText),
  format: one('FORMAT', readText),
  fix: flag(),
  select: list('ID'),
  ignore: list('ID'),
} as const;

export type OptionName = keyof typeof options;

type ValueOf<O> = O extends OptionSyntax<infer T> ? T : never;

/** What was typed. */
export type OptionValues = { readonly [K in OptionName]?: ValueOf<(typeof options)[K]> };

export const optionNames = Object.keys(options) as readonly OptionName[];

export const isOptionName = (name: string): name is OptionName => Object.hasOwn(options, name);
