import type { CeleryTask } from '../../../api/celeryTask.ts';
import type { TaskPage, TaskSummary } from '../../../api/tasks.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { isForPrograms } from '../outputFormat.ts';
import { printList } from '../printList.ts';
import { printCelery, shareOf } from '../taskList.ts';
import { taskScreen } from '../taskScreen.ts';
import { type Remote, remoteOf } from './remote.ts';

const pageLimit = 1_000;

/** The tasks that a server has in memory. */
export const remoteTasks = async (context: CommandContext, typed: string): Promise<number> => {
  const { terminal, options } = context;
  const remote = await remoteOf(context);
  const isJson = isForPrograms(options);
  const { tasks, matching, held, hasMore } = await readTasks(context, typed, remote, isJson ? celeryPage : summaryPage);
  printList(context, {
    columns: taskColumns(terminal.width),
    rows: isJson ? [] : terminal.shown(tasks as readonly TaskSummary[]),
    objects: tasks,
    printJson: () => printCelery(context, tasks),
  });
  if (isJson && !terminal.isHeard) return exitCode.ok;
  const told =
    held === 0
      ? 'no tasks'
      : tasks.length === 0
        ? `${plural(held, 'task')}, no match`
        : shareOf({ tasks, matching, hasMore }, held);
  terminal.say(terminal.paintTalk('dim', `Asked ${remote.name}: ${told}.`));
  return exitCode.ok;
};

interface Page<T> extends Pick<TaskPage, 'nextCursor' | 'matching' | 'held'> {
  readonly tasks: readonly T[];
}

type ReadPage = (remote: Remote, query: Parameters<Remote['get']>[2]) => Promise<Page<TaskSummary | CeleryTask>>;

const summaryPage: ReadPage = (remote, query) => remote.get('TaskPage', 'api/v1/tasks', query);
const celeryPage: ReadPage = (remote, query) => remote.get('CeleryTaskPage', 'api/v1/celery/tasks', query);

const readTasks = async ({ options }: CommandContext, typed: string, remote: Remote, readPage: ReadPage) => {
  const limit = options.limit ?? defaults.taskLimit;
  const { state, name, worker, queue, search, sort } = options;
  const query = {
    state,
    name,
    worker,
    queue,
    search,
    query: typed === '' ? undefined : typed,
    sort: sort?.column,
    order: sort && (sort.descending ? 'desc' : 'asc'),
  };
  const tasks: (TaskSummary | CeleryTask)[] = [];
  let matching: number | null = null;
  for (let cursor: string | undefined; ; ) {
    const page = await readPage(remote, { ...query, cursor, limit: Math.min(pageLimit, limit - tasks.length) });
    tasks.push(...page.tasks);
    matching = page.matching ?? matching;
    cursor = page.nextCursor ?? undefined;
    const hasMore = cursor !== undefined;
    if (!hasMore || page.tasks.length === 0 || tasks.length >= limit)
      return { tasks, matching, held: page.held, hasMore };
  }
};

/** Everything that a server knows of one task, by its id or its beginning. */
export const remoteTask: RunCommand = async (context) => {
  const { terminal, options, args } = context;
  const wanted = args[0] ?? '';
  const remote = await remoteOf(context);
  const ids = await idsOf(remote, wanted);
  const [id] = ids;
  const path = `tasks/${encodeURIComponent(id ?? wanted)}`;
  const task = ids.length > 1 ? null : await remote.find('Task', `api/v1/${path}`);
  if (task === null) {
    terminal.say(
      ids.length > 1
        ? `celeriac: Several tasks begin with "${wanted}": ${ids.join(', ')}. Give more of the id.`
        : `Asked ${remote.name}: no task "${wanted}" is in memory.${didYouMean(wanted, ids)}`,
    );
    return exitCode.nothingFound;
  }
  if (options.json) terminal.json(await remote.find('CeleryTask', `api/v1/celery/${path}`));
  else for (const line of taskScreen(terminal.shown(task), terminal.page)) terminal.line(line);
  return exitCode.ok;
};

const ambiguous = 3;

const idsOf = async (remote: Remote, wanted: string): Promise<readonly string[]> => {
  const { tasks } = await remote.get('TaskPage', 'api/v1/tasks', { search: wanted, limit: pageLimit });
  const ids = tasks.map(({ id }) => id).filter((id) => id.startsWith(wanted));
  return ids.includes(wanted) ? [wanted] : ids.slice(0, ambiguous);
};
