import type { Task } from '../../../api/tasks.ts';
import type { ClusterState } from '../../../state/clusterState.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import type { IsEnough } from '../listenFor.ts';
import { readSource } from '../stateSource.ts';
import { taskScreen } from '../taskScreen.ts';

/** Listens until the task has come to its end, or until the time is over, then prints everything known of it. */
export const runTask: RunCommand = async (context) => {
  const { terminal, options, args } = context;
  if (options.server !== undefined) return (await import('../remote/remoteTasks.ts')).remoteTask(context);
  const wanted = args[0] ?? '';
  const { state, sentence, code } = await readSource(context, hasEnded(wanted));
  const found = findTask(state, wanted);
  if (found.length !== 1) return tellMiss(context, found, `${sentence}: `);
  for (const task of found) {
    if (options.json) terminal.json(state.celerySnapshot().tasks[task.id] ?? null);
    else for (const line of taskScreen(terminal.shown(task), terminal.page)) terminal.line(line);
    if (task.finishedAt === null && terminal.isHeard)
      terminal.say(terminal.paintTalk('dim', `${sentence}; the task has not finished.`));
  }
  return code;
};

const hasEnded =
  (wanted: string): IsEnough =>
  ({ uuid }, state) =>
    typeof uuid === 'string' && uuid.startsWith(wanted) && (state.tasks.find(uuid)?.finishedAt ?? null) !== null;

const ambiguous = 3;

/** The task of that id, or those whose id begins with it. */
const findTask = (state: ClusterState, wanted: string): readonly Task[] => {
  const exact = state.tasks.find(wanted);
  if (exact) return [exact];
  const { tasks } = state.tasks.page({ text: wanted, limit: 1_000 });
  return tasks
    .filter(({ id }) => id.startsWith(wanted))
    .slice(0, ambiguous)
    .flatMap(({ id }) => state.tasks.find(id) ?? []);
};

const tellMiss = ({ terminal, args }: CommandContext, found: readonly Task[], where: string): number => {
  const id = args[0] ?? '';
  if (found.length === 0) {
    terminal.say(
      `${where}no event for task "${id}" received. Only events during the listening time are known: listen longer with --seconds.`,
    );
    return exitCode.nothingFound;
  }
  const ids = found.map((task) => task.id).join(', ');
  terminal.say(`celeriac: ${plural(found.length, 'task')} or more start with "${id}": ${ids}. Use a longer id prefix.`);
  return exitCode.nothingFound;
};
