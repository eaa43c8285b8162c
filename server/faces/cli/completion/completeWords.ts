import { taskSortColumns } from '../../../api/tasks.ts';
import { vocabularyNames } from '../../../metrics/vocabularyNames.ts';
import { completeQuery } from '../../../state/queries/language/completeQuery.ts';
import type { Vocabulary } from '../context.ts';
import { methodsOf } from '../methods.ts';
import { isOptionName, type OptionName, optionNames, options } from '../options.ts';
import { celeryStates } from '../optionValues.ts';
import { outputFormats } from '../outputFormat.ts';
import { shells } from './shellScripts.ts';

/** What is there to be named. */
export interface ClusterNames {
  readonly workers: readonly string[];
  readonly queues: readonly string[];
  readonly tasks: readonly string[];
}

/** Asked only where names are wanted: it takes a moment. */
export type ReadNames = () => Promise<ClusterNames>;

/** What may stand in place of the last word of a command line, `celeriac` itself left out. */
export const completeWords = async (
  words: readonly string[],
  vocabulary: Vocabulary,
  names: ReadNames,
): Promise<readonly string[]> => {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commandIn(before, vocabulary);
  const pending = optionAwaiting(before.at(-1));
  if (pending !== null) return startingWith(current, await valuesOf(pending, names));
  if (/^-[a-z]+:/.test(current)) return queryWords(current, names);
  if (current.startsWith('-')) return startingWith(current, optionsOf(command, vocabulary));
  if (command === null) return startingWith(current, [...Object.keys(vocabulary.commands), 'help']);
  if (command === 'tasks' || command === 'top' || (command === 'history' && argumentsIn(before) > 1))
    return queryWords(current, names);
  return argumentsIn(before) > 1 ? [] : startingWith(current, await argumentsOf(command, names));
};

const startingWith = (start: string, all: readonly string[]): readonly string[] =>
  all.filter((each) => each.startsWith(start));

const commandIn = (words: readonly string[], { commands }: Vocabulary): string | null =>
  words.find((word, at) => Object.hasOwn(commands, word) && optionAwaiting(words[at - 1]) === null) ?? null;

/** The command among them. */
const argumentsIn = (words: readonly string[]): number =>
  words.filter((word, at) => !word.startsWith('-') && optionAwaiting(words[at - 1]) === null).length;

/** The option that the next word is the value of. */
const optionAwaiting = (word: string | undefined): OptionName | null => {
  if (word === undefined || !word.startsWith('-')) return null;
  const name = word.startsWith('--') ? word.slice(2) : nameOfShort(word.slice(1));
  return name !== undefined && isOptionName(name) && options[name].value !== null ? name : null;
};

const nameOfShort = (letter: string): OptionName | undefined =>
  optionNames.find((name) => 'short' in options[name] && options[name].short === letter);

const optionsOf = (command: string | null, { commands, globalOptions }: Vocabulary): readonly string[] => {
  const own = command === null ? {} : (commands[command]?.options ?? {});
  return [...Object.keys(own), ...globalOptions].map((name) => `--${name}`);
};

const fixedValues: Partial<Record<OptionName, readonly string[]>> = {
  state: celeryStates,
  output: outputFormats,
  sort: taskSortColumns,
  compat: vocabularyNames,
};

const valuesOf = async (name: OptionName, names: ReadNames): Promise<readonly string[]> => {
  const fixed = fixedValues[name];
  if (fixed !== undefined) return fixed;
  if (name === 'worker' || name === 'destination') return (await names()).workers;
  if (name === 'queue' || name === 'peek') return (await names()).queues;
  return name === 'name' ? (await names()).tasks : [];
};

const argumentsOf = async (command: string, names: ReadNames): Promise<readonly string[]> => {
  switch (command) {
    case 'inspect':
    case 'control':
      return methodsOf(command);
    case 'send':
      return (await names()).tasks;
    case 'export':
      return ['tasks', 'grafana', 'alert-rules'];
    case 'completion':
      return shells;
    default:
      return [];
  }
};

/** Whole words, as the shell wants them. */
const queryWords = async (current: string, names: ReadNames): Promise<readonly string[]> => {
  const wantsNames = /^-?(name|task|worker|hostname|queue):/.test(current);
  const { workers, queues, tasks } = wantsNames ? await names() : { workers: [], queues: [], tasks: [] };
  const known = { state: celeryStates, name: tasks, worker: workers, queue: queues };
  const { from, options: found } = completeQuery(current, current.length, known);
  return found.map((each) => current.slice(0, from) + each);
};
