import type { TaskSummary } from '../../../api/tasks.ts';
import { table } from '../../../text/table.ts';
import { taskColumns } from '../../../text/taskRows.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext } from '../context.ts';

const previewed = 10;

/** How many match, and the first of them; before anything is done. */
export const preview = (
  { terminal, options }: CommandContext,
  tasks: readonly TaskSummary[],
  words: { readonly source: string; readonly which: string; readonly ifDry: string },
): void => {
  const shown = terminal.shown(tasks.slice(0, previewed));
  if (options.json) terminal.json({ matching: tasks.length, tasks: tasks.map(({ id }) => id) });
  else if (shown.length > 0)
    for (const line of table(taskColumns(terminal.width), shown, terminal.page)) terminal.line(line);
  const more = tasks.length > previewed ? `; the first ${previewed} are listed above` : '';
  const dry = options['dry-run'] ? ` ${words.ifDry}` : '';
  terminal.say(`${plural(tasks.length, 'matching task')} ${words.which} in ${words.source}${more}.${dry}`);
};
