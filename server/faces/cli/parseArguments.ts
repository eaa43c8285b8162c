import { parseArgs } from 'node:util';
import { didYouMean } from '../../text/nearest.ts';
import { type CommandName, commandNames, commands, globalOptions, isCommandName } from './commands.ts';
import { isOptionName, type OptionName, type OptionValues, optionNames, options } from './options.ts';
import { quoted } from './quoted.ts';
import type { CommandSpec } from './specs/commandSpec.ts';
import { UsageError } from './usageError.ts';

export type Invocation =
  | { readonly kind: 'version' }
  /** `command` is null for the help of the whole. */
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly args: readonly string[];
      readonly options: OptionValues;
    };

/** What is to be done. Options may stand anywhere; throws a `UsageError` for what cannot be meant. */
export const parseArguments = (argv: readonly string[]): Invocation => {
  const { positionals, given } = readWords(argv);
  const [word, ...args] = positionals;
  const values = takeValues(given);
  if (values.version) return { kind: 'version' };
  if (word === undefined) {
    if (values.help) return { kind: 'help', command: null };
    throw new UsageError('A command is missing, such as "celeriac status".');
  }
  if (word === 'help') {
    const about = args.find((each) => each !== 'help');
    return { kind: 'help', command: about === undefined ? null : readCommand(about) };
  }
  const command = readCommand(word);
  if (values.help) return { kind: 'help', command };
  const spec: CommandSpec = commands[command];
  for (const { name, typed } of given) refuseForeign(command, spec, name, typed);
  refuseWrongCount(command, spec, args);
  return { kind: 'run', command, args, options: values };
};

interface Given {
  readonly name: OptionName;
  /** As it was typed: --limit, -h. */
  readonly typed: string;
  readonly text: string;
}

const syntax = Object.fromEntries(
  optionNames.map((name) => {
    const { value, short } = { short: undefined, ...options[name] };
    return [name, { type: value === null ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const];
  }),
);

const readWords = (argv: readonly string[]): { positionals: readonly string[]; given: readonly Given[] } => {
  const { tokens } = parseArgs({
    args: argv.map(hideMinus),
    options: syntax,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const given: Given[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(showMinus(token.value));
    else if (token.kind === 'option') given.push(readOption(token.name, token.rawName, token));
  }
  return { positionals, given };
};

/** The minus before a term of a query (`-name:celery.*`) is not that of an option. */
const excludedTerm = /^-\(*[a-z]+:/i;
const hiddenMinus = '\u0000';
const hideMinus = (word: string): string => (excludedTerm.test(word) ? hiddenMinus + word : word);
const showMinus = (word: string): string => (word.startsWith(hiddenMinus) ? word.slice(1) : word);

const readOption = (
  name: string,
  typed: string,
  { value, inlineValue }: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): Given => {
  if (!isOptionName(name)) throw new UsageError(`Unknown option ${quoted(typed)}.${nearestOption(name)}`);
  if (options[name].value === null) {
    if (value !== undefined) throw new UsageError(`${typed} does not accept a value.`);
    return { name, typed, text: '' };
  }
  if (value === undefined || (!inlineValue && value.startsWith('--'))) {
    throw new UsageError(`${typed} requires a value: ${typed} ${options[name].value}.`);
  }
  return { name, typed, text: showMinus(value) };
};

const nearestOption = (name: string): string =>
  didYouMean(
    `--${name}`,
    optionNames.map((each) => `--${each}`),
  );

const takeValues = (given: readonly Given[]): OptionValues => {
  const values: Partial<Record<OptionName, unknown>> = {};
  for (const { name, typed, text } of given) {
    const take: (before: never, text: string, name: string) => unknown = options[name].take;
    values[name] = take(values[name] as never, text, typed);
  }
  return values as OptionValues;
};

const readCommand = (word: string): CommandName => {
  if (isCommandName(word)) return word;
  if (word.includes('://')) {
    throw new UsageError(`${quoted(word)} is not a command. Use --broker for the broker URL.`);
  }
  const hint = didYouMean(word, commandNames) || ` Commands: ${commandNames.join(', ')}.`;
  throw new UsageError(`Unknown command ${quoted(word)}.${hint}`);
};

const refuseForeign = (command: CommandName, spec: CommandSpec, name: OptionName, typed: string): void => {
  if (name in globalOptions || name in spec.options) return;
  const own = [...Object.keys(globalOptions), ...Object.keys(spec.options)].map((each) => `--${each}`);
  throw new UsageError(`"${command}" has no option ${typed}.${didYouMean(typed, own)}`);
};

const refuseWrongCount = (command: CommandName, { argument }: CommandSpec, args: readonly string[]): void => {
  const missing = argument !== undefined && !argument.isOptional && args.length === 0;
  if (missing) throw new UsageError(`"${command}" requires ${argument.what}: celeriac ${command} ${argument.name}.`);
  if (argument?.more !== undefined) return;
  const extra = args[argument === undefined ? 0 : 1];
  if (extra !== undefined) throw new UsageError(`"${command}" does not accept the argument ${quoted(extra)}.`);
};
