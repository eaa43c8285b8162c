import type { Paint } from '../../text/paint.ts';
import { wrapText } from '../../text/wrapText.ts';
import { type CommandName, commands, globalOptions } from './commands.ts';
import { exitCodeHelp } from './exitCodes.ts';
import { isOptionName, type OptionName, options } from './options.ts';
import type { CommandSpec } from './specs/commandSpec.ts';

interface Page {
  readonly width: number;
  readonly paint: Paint;
}

/** The help of one command, or of the whole; lines that fit the terminal. */
export const helpOf = (command: CommandName | null, terminal: Page): string[] => {
  const page = { paint: terminal.paint, width: Math.min(Math.max(terminal.width, 40), 100) };
  return command === null ? helpOfAll(page) : helpOfCommand(command, commands[command], page);
};

const helpOfAll = (page: Page): string[] => [
  ...wrap('Monitor and operate a Celery cluster: its workers, queues, tasks and events.', page),
  '',
  ...usage('celeriac [OPTIONS] COMMAND', page),
  ...list('Commands', commandRows(), page),
  ...list('Options', optionRows(globalOptions), page),
  ...list('Exit codes', exitCodeHelp, page),
  '',
  ...wrap(
    'Options can be placed before or after the command. Without --broker, the broker is read from --config, then from the environment variables CELERY_BROKER_URL and CELERY_BROKER. A URL on the command line is visible in the process list and in the shell history; a URL in the environment is not. NO_COLOR=1 turns colours off.',
    page,
  ),
  '',
  ...wrap('Run celeriac COMMAND --help for the help of a command.', page),
];

const helpOfCommand = (name: CommandName, spec: CommandSpec, page: Page): string[] => [
  ...wrap(`${spec.summary}.`, page),
  '',
  ...usage(`celeriac ${name}${wordsOf(spec)} [OPTIONS]`, page),
  ...(spec.notes.length > 0 ? ['', ...spec.notes.flatMap((note) => wrap(note, page))] : []),
  ...(spec.choices ? list(spec.choices.title, spec.choices.rows(), page) : []),
  ...list('Options', optionRows(spec.options), page),
  ...list('Global options', optionRows(globalOptions), page),
  '',
  page.paint('bold', 'Examples'),
  ...spec.examples.map((example) => `  ${example}`),
];

const usage = (line: string, { paint }: Page): string[] => [`${paint('bold', 'Usage')}  ${line}`];

const wordsOf = ({ argument }: CommandSpec): string =>
  argument === undefined ? '' : ` ${[argument.name, ...(argument.more ? [argument.more] : [])].join(' ')}`;

const commandRows = (): (readonly [string, string])[] => [
  ...Object.entries<CommandSpec>(commands).map(([name, spec]) => [`${name}${wordsOf(spec)}`, spec.summary] as const),
  ['help COMMAND', 'Show the help of a command'],
];

const optionRows = (described: Partial<Record<OptionName, string>>): (readonly [string, string])[] =>
  Object.entries(described).flatMap(([name, what]) => (isOptionName(name) ? [[spelling(name), what] as const] : []));

const spelling = (name: OptionName): string => {
  const { value, short } = { short: undefined, ...options[name] };
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === null ? '' : ` ${value}`}`;
};

const list = (title: string, rows: readonly (readonly [string, string])[], page: Page): string[] => {
  if (rows.length === 0) return [];
  const left = Math.max(...rows.map(([term]) => term.length).filter((cells) => cells <= longestTerm)) + 2;
  const lines = rows.flatMap(([term, what]) => {
    const below = wrap(what, { ...page, width: page.width - left - 2 }).map((line) => `  ${' '.repeat(left)}${line}`);
    const [first = '', ...rest] = below;
    if (term.length <= longestTerm) return [`  ${term.padEnd(left)}${first.trimStart()}`, ...rest];
    return [`  ${term}`, ...below];
  });
  return ['', page.paint('bold', title), ...lines];
};

/** A longer one has a line of its own. */
const longestTerm = 30;

const wrap = (text: string, { width }: Page): string[] => wrapText(text, width);
