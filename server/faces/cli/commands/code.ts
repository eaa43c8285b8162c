import type { CodeTask, CodeUse } from '../../../code/facts.ts';
import { type GraphEdge, taskGraph, toDot, toMermaid } from '../../../code/taskGraph.ts';
import { type ReadWorkspace, readWorkspace } from '../../../code/workspaceSource.ts';
import { type Column, table } from '../../../text/table.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { UsageError } from '../usageError.ts';

/** Prints what the code says of tasks. */
export const runCode: RunCommand = async (context) => {
  const { args, options, terminal } = context;
  const [what = '', folder = '.'] = args;
  const show = Object.hasOwn(shows, what) ? shows[what] : undefined;
  if (!show) throw new UsageError(`Unknown argument "${what}". Use "celeriac code tasks", "uses" or "graph".`);
  if (options.format !== undefined && what !== 'graph')
    throw new UsageError('--format only applies to "celeriac code graph".');
  const workspace = await readWorkspace([folder], { isStopped: () => context.interruption.aborted });
  const count = show(workspace, context);
  for (const sentence of workspace.leftOut) terminal.say(sentence);
  return count === 0 && !options.json ? exitCode.nothingFound : exitCode.ok;
};

type Show = (workspace: ReadWorkspace, context: CommandContext) => number;

const showTasks: Show = ({ index }, { options, terminal }) => {
  const tasks = index.tasks.toSorted(byPlace);
  if (options.json)
    terminal.json(
      tasks.map(({ name, file, line, function: own, bind, app }) => ({ name, file, line, function: own, bind, app })),
    );
  else
    for (const line of table(
      taskColumns,
      terminal.shown(tasks.map(({ name, file, line, app }) => ({ name, file, line, app }))),
      terminal.page,
    ))
      terminal.line(line);
  return tasks.length;
};

const showUses: Show = ({ index }, { options, terminal }) => {
  const uses = index.uses.filter(({ task }) => options.task === undefined || task === options.task).toSorted(byPlace);
  if (options.json) terminal.json(uses.map(({ task, kind, file, line }) => ({ task, kind, file, line })));
  else for (const line of table(useColumns, terminal.shown(uses), terminal.page)) terminal.line(line);
  return uses.length;
};

const showGraph: Show = ({ index }, { options, terminal }) => {
  const graph = taskGraph(index);
  if (options.json) terminal.json({ ...graph, edges: graph.edges.map(({ start: _, end: __, ...edge }) => edge) });
  else if (options.format === 'dot') terminal.line(toDot(terminal.shown(graph)));
  else if (options.format === 'mermaid') terminal.line(toMermaid(terminal.shown(graph)));
  else if (options.format !== undefined) throw new UsageError('Unknown graph format. Use dot or mermaid.');
  else for (const line of table(edgeColumns, terminal.shown(graph.edges), terminal.page)) terminal.line(line);
  return graph.nodes.length;
};

const shows: Readonly<Record<string, Show>> = { tasks: showTasks, uses: showUses, graph: showGraph };

const byPlace = (
  a: { readonly file: string; readonly line: number },
  b: { readonly file: string; readonly line: number },
): number => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);

const placeOf = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`;

const taskColumns: Column<Pick<CodeTask, 'name' | 'file' | 'line' | 'app'>>[] = [
  { header: 'TASK', text: ({ name }) => name, narrowest: 20 },
  { header: 'DEFINED AT', text: placeOf, narrowest: 20 },
  {
    header: 'MADE BY',
    text: ({ app }) => (app === 'shared' ? '@shared_task' : 'an app'),
    narrowest: 8,
    dispensable: 1,
  },
];

const useColumns: Column<CodeUse>[] = [
  { header: 'TASK', text: ({ task }) => task, narrowest: 20 },
  { header: 'USED BY', text: ({ kind }) => kind, narrowest: 12 },
  { header: 'AT', text: placeOf, narrowest: 20 },
];

const edgeColumns: Column<GraphEdge>[] = [
  { header: 'FROM', text: ({ from }) => from, narrowest: 20 },
  { header: 'TO', text: ({ to }) => to, narrowest: 20 },
  { header: 'BY', text: ({ kind }) => kind, narrowest: 12, dispensable: 1 },
];
