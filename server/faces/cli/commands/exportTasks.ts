import { existsSync } from 'node:fs';
import type { CeleryTask } from '../../../api/celeryTask.ts';
import { CeleriacError } from '../../../api/errors.ts';
import { fillFile } from '../../../files/fillFile.ts';
import { figure, plural } from '../../../text/wording.ts';
import type { CommandContext } from '../context.ts';
import { csvLines } from '../csvLines.ts';
import { exitCode } from '../exitCodes.ts';
import { Interrupted } from '../interruption.ts';
import { preview } from '../matching/preview.ts';
import { holdTasks, type TaskHolder } from '../matching/taskHolder.ts';
import { wantedQuery } from '../matching/wantedQuery.ts';
import { UsageError } from '../usageError.ts';
import { writeReason } from '../writeReason.ts';

type Format = 'csv' | 'json' | 'ndjson';

/** Writes all tasks that match a query into a file, whole or not at all. */
export const exportTasks = async (context: CommandContext, file: string): Promise<number> => {
  const { options, terminal } = context;
  const format = formatOf(file);
  const query = wantedQuery(context);
  if (existsSync(file) && !options.force && !options['dry-run'])
    throw new CeleriacError('badRequest', `${file} exists. Choose another file, or overwrite it with --force.`);
  const holder = await holdTasks(context);
  try {
    if (options['dry-run']) {
      const tasks = await holder.find(query, undefined);
      preview(context, tasks, { source: holder.source, which: 'found', ifDry: 'Nothing was written.' });
      return tasks.length === 0 ? exitCode.nothingFound : exitCode.ok;
    }
    const count = await fill(context, holder, { file, format, query });
    terminal.line(file);
    terminal.say(`Exported ${plural(count, 'task')} from ${holder.source}.`);
    return count === 0 ? exitCode.nothingFound : exitCode.ok;
  } finally {
    terminal.endTalkLine();
    await holder.close();
  }
};

const formatOf = (file: string): Format => {
  const found = (['ndjson', 'json', 'csv'] as const).find((ending) => file.toLowerCase().endsWith(`.${ending}`));
  if (found) return found;
  throw new UsageError('"export tasks" requires a file that ends in .csv, .json or .ndjson.');
};

interface Order {
  readonly file: string;
  readonly format: Format;
  readonly query: string;
}

const fill = async (
  { terminal, interruption }: CommandContext,
  holder: TaskHolder,
  { file, format, query }: Order,
): Promise<number> => {
  const toJson = (value: object): string => terminal.jsonText(value);
  try {
    return await fillFile(file, async (write) => {
      let count = 0;
      if (format === 'json') write('[');
      for await (const { tasks, matching } of holder.pages(query)) {
        if (interruption.aborted) throw new Interrupted();
        write(textOf(tasks, format, count === 0, toJson, (each) => terminal.shown(each)));
        count += tasks.length;
        terminal.sayForNow(`Exported ${figure(count)}${matching === null ? '' : ` of ${figure(matching)}`} …`);
      }
      if (format === 'json') write(count === 0 ? ']\n' : '\n]\n');
      return count;
    });
  } catch (error) {
    if (error instanceof CeleriacError || error instanceof Interrupted || !(error instanceof Error)) throw error;
    throw new CeleriacError('notFound', `${file} cannot be written: ${writeReason(error)}.`, { cause: error });
  }
};

const textOf = (
  tasks: readonly CeleryTask[],
  format: Format,
  isFirst: boolean,
  toJson: (value: object) => string,
  shown: (tasks: readonly CeleryTask[]) => readonly object[],
): string => {
  if (format === 'csv')
    return csvLines(shown(tasks), toJson)
      .slice(isFirst ? 0 : 1)
      .map((line) => `${line}\n`)
      .join('');
  if (format === 'ndjson') return tasks.map((task) => `${toJson(task)}\n`).join('');
  return tasks.map((task, index) => `${isFirst && index === 0 ? '' : ','}\n${toJson(task)}`).join('');
};
