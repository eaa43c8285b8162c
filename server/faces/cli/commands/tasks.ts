import type { TaskQuery, TaskSummary } from '../../../api/tasks.ts';
import type { ClusterState } from '../../../state/clusterState.ts';
import { readQuery } from '../../../state/queries/language/readQuery.ts';
import { atOnce } from '../../../state/queries/slices.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import type { OptionValues } from '../options.ts';
import { isForPrograms } from '../outputFormat.ts';
import { printList } from '../printList.ts';
import { withSavedFilter } from '../savedFilter.ts';
import { readSource, type Source } from '../stateSource.ts';
import { type FoundTasks, printCelery, shareOf } from '../taskList.ts';
import { taskQuery, typedQuery } from '../taskQuery.ts';

/** The most that one page of the engine holds. */
const pageLimit = 1_000;

/** Listens (or reads a recording), then prints the tasks that match. */
export const runTasks: RunCommand = async (context) => {
  const { terminal, options, args } = context;
  // A query that cannot be read is refused before anything is listened to.
  const typed = withSavedFilter(context, typedQuery(args));
  readQuery(typed, 0);
  if (options.server !== undefined) return (await import('../remote/remoteTasks.ts')).remoteTasks(context, typed);
  const source = await readSource(context);
  const limit = options.limit ?? defaults.taskLimit;
  const found = findTasks(source.state, taskQuery(options, typed, source.now), limit);
  const ids = found.tasks.map(({ id }) => id);
  const objects = isForPrograms(options) ? atOnce(source.state.tasks.celeryTasks(ids)) : [];
  printList(context, {
    columns: taskColumns(terminal.width),
    rows: terminal.shown(found.tasks),
    objects,
    printJson: () => printCelery(context, objects),
  });
  if (!isForPrograms(options) || terminal.isHeard) terminal.say(summaryOf(context, source, found));
  return source.code;
};

type Found = FoundTasks<TaskSummary>;

const findTasks = (state: ClusterState, query: TaskQuery, limit: number): Found => {
  const tasks: TaskSummary[] = [];
  let cursor: string | null = null;
  let matching: number | null = null;
  do {
    const size = Math.min(pageLimit, limit - tasks.length);
    const page = state.tasks.page({ ...query, limit: size, ...(cursor === null ? {} : { cursor }) });
    tasks.push(...page.tasks);
    matching = page.matching ?? matching;
    cursor = page.nextCursor;
  } while (cursor !== null && tasks.length < limit);
  return { tasks, matching, hasMore: cursor !== null };
};

const summaryOf = ({ options, terminal }: CommandContext, { state, sentence }: Source, found: Found): string => {
  const { tasks: held, events } = state.counters();
  if (held === 0) return `${sentence}: no tasks. ${events > 0 ? eventsOff : nothingHeard}`;
  if (found.tasks.length === 0) return `${sentence}: ${plural(held, 'task')}, no match.${missOf(options, state)}`;
  return terminal.paintTalk('dim', `${sentence}: ${shareOf(found, held)}.`);
};

const eventsOff =
  'Workers sent events, but no task events: either no task ran, or task events are off. Start workers with -E, or run: celery -A YOUR_APP control enable_events';
const nothingHeard = 'No events received. Check whether a worker is running: celeriac status';

/** For a filter that knows nobody: who was probably meant. */
const missOf = ({ name, worker, queue }: OptionValues, state: ClusterState): string => {
  const now = 0;
  const known = [
    { what: 'task', wanted: name, names: state.typeStats(now) },
    { what: 'worker', wanted: worker, names: state.workerStats(now) },
    { what: 'queue', wanted: queue, names: state.queueStats(now) },
  ];
  for (const { what, wanted, names } of known) {
    const heard = names.map((group) => group.name);
    const missing = wanted?.find((each) => !each.includes('*') && !heard.includes(each));
    if (missing !== undefined) return ` No events from a ${what} named "${missing}".${didYouMean(missing, heard)}`;
  }
  return '';
};
