import { readHistory } from '../../../history/readHistory.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { figure, plural } from '../../../text/wording.ts';
import type { RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { isForPrograms } from '../outputFormat.ts';
import { printList } from '../printList.ts';
import { withSavedFilter } from '../savedFilter.ts';
import { taskQuery, typedQuery } from '../taskQuery.ts';

/** Prints the tasks that a backend has kept in its file, the latest first. */
export const runHistory: RunCommand = async (context) => {
  const { args, options, terminal } = context;
  const query = {
    ...taskQuery(options, withSavedFilter(context, typedQuery(args.slice(1)))),
    limit: options.limit ?? defaults.taskLimit,
  };
  const { tasks, matching, held } = await readHistory(args[0] ?? '', (reader) => reader.queryTasks(query));
  printList(context, { columns: taskColumns(terminal.width), rows: terminal.shown(tasks), objects: tasks });
  const fitting = matching === null ? '' : `, ${figure(matching)} match`;
  if (!isForPrograms(options))
    terminal.say(terminal.paintTalk('dim', `${figure(tasks.length)} shown; ${plural(held, 'task')} kept${fitting}.`));
  return tasks.length === 0 ? exitCode.nothingFound : exitCode.ok;
};
