import { readHistory } from '../../../history/readHistory.ts';
import { table } from '../../../text/table.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { figure, plural } from '../../../text/wording.ts';
import type { RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { taskQuery } from '../taskQuery.ts';

/** Prints the tasks that a backend has kept in its file, the latest first. */
export const runHistory: RunCommand = async ({ args, options, terminal }) => {
  const query = { ...taskQuery(options, args.slice(1)), limit: options.limit ?? defaults.taskLimit };
  const { tasks, matching, held } = await readHistory(args[0] ?? '', (reader) => reader.queryTasks(query));
  if (options.json) terminal.json(tasks);
  else if (tasks.length > 0)
    for (const line of table(taskColumns(terminal.width), terminal.shown(tasks), terminal.page)) terminal.line(line);
  const fitting = matching === null ? '' : `, ${figure(matching)} of them fit`;
  if (!options.json)
    terminal.say(terminal.paintTalk('dim', `${figure(tasks.length)} shown; ${plural(held, 'task')} kept${fitting}.`));
  return tasks.length === 0 ? exitCode.nothingFound : exitCode.ok;
};
