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
  ...wrap('See what a Celery cluster does, and operate it: its workers, queues, tasks and events.', page),
  '',
  ...usage('celeriac [OPTIONS] COMMAND', page),
  ...list('Commands', commandRows(), page),
  ...list('Options', optionRows(globalOptions), page),
  ...list('Exit codes', exitCodeHelp, page),
  '',
  ...wrap(
    'Options may stand before or after the command. Without --broker, the broker is that of --config, else of the environment: CELERY_BROKER_URL, then CELERY_BROKER. An address that is typed can be seen in the list of processes for a moment and in the history of the shell; one in the environment cannot. NO_COLOR=1 switches colours off.',
    page,
  ),
  '',
  ...wrap('celeriac COMMAND --help tells more about a command.', page),
];

const helpOfCommand = (name: CommandName, spec: CommandSpec, page: Page): string[] => [
  ...wrap(`${spec.summary}.`, page),
  '',
  ...usage(`celeriac ${name}${wordsOf(spec)} [OPTIONS]`, page),
  ...(spec.notes.length > 0 ? ['', ...spec.notes.flatMap((note) => wrap(note, page))] : []),
  ...(spec.choices ? list(spec.choices.title, spec.choices.rows(), page) : []),
  ...list('Options', optionRows(spec.options), page),
  ...list('Options of every command', optionRows(globalOptions), page),
  '',
  page.paint('bold', 'Examples'),
  ...spec.examples.map((example) => `  ${example}`),
];

const usage = (line: string, { paint }: Page): string[] => [`${paint('bold', 'Usage')}  ${line}`];

const wordsOf = ({ argument }: CommandSpec): string =>
  argument === undefined ? '' : ` ${[argument.name, ...(argument.more ? [argument.more] : [])].join(' ')}`;

const commandRows = (): (readonly [string, string])[] => [
  ...Object.entries<CommandSpec>(commands).map(([name, spec]) => [`${name}${wordsOf(spec)}`, spec.summary] as const),
  ['help COMMAND', 'More about a command'],
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
