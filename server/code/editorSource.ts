import { join, relative, sep } from 'node:path';
import type {
  CallNode,
  CodeCall,
  CodeCalls,
  CodeCompletion,
  CodePlace,
  CodePositionParams,
  CodeSignature,
  CodeTaskAtParams,
  CodeTaskEntry,
  CodeTaskParams,
  CodeTasksParams,
  CodeUsePlace,
  MeantTask,
} from '../api/code.ts';
import type { CodeRange } from '../api/language.ts';
import { LineMap } from '../python/lineMap.ts';
import type { PythonModule } from '../python/syntax.ts';
import { completeAt } from './editor/completeAt.ts';
import { meantAt } from './editor/meantAt.ts';
import { namesInDocument } from './editor/namesInDocument.ts';
import { placesOf } from './editor/placesOf.ts';
import { signatureAt } from './editor/signatureAt.ts';
import { callsOf } from './editor/taskCalls.ts';
import { taskFacts } from './editor/taskCard.ts';
import type { CodeFile, CodeTask } from './facts.ts';
import type { CodeIndexes } from './indexSource.ts';
import type { GraphNode } from './taskGraph.ts';
import type { ReadWorkspace } from './workspaceSource.ts';

/** Answers what an editor asks of the code: paths are whole, lines and columns are counted from 0. */
export class EditorCode {
  private readonly indexes: CodeIndexes;

  constructor(indexes: CodeIndexes) {
    this.indexes = indexes;
  }

  async tasks(params: CodeTasksParams): Promise<readonly CodeTaskEntry[]> {
    const workspaces = await this.indexes.of(params);
    return workspaces.flatMap((workspace) => {
      const path = params.file === null ? null : pathIn(workspace, params.file);
      return path === undefined ? [] : entriesOf(workspace, path);
    });
  }

  async taskAt(params: CodeTaskAtParams): Promise<MeantTask | null> {
    for (const { workspace, file, offset, lines } of await this.placesOf(params)) {
      const isDocument = file.module === '';
      const meant = isDocument
        ? namesInDocument(file.syntax.text).find(({ start, end }) => start <= offset && offset <= end)
        : meantAt(workspace.index, file, offset);
      if (!meant) continue;
      const task = workspace.index.task(meant.task);
      const range = rangeOf(meant.start, meant.end, lines);
      return { name: meant.task, range, card: task ? cardOf(task, workspace, params.now) : null };
    }
    return null;
  }

  async complete(params: CodePositionParams): Promise<CodeCompletion | null> {
    for (const { workspace, file, offset, lines } of await this.placesOf(params)) {
      const found = completeAt(workspace.index, file, offset);
      if (!found) continue;
      const { wanted, start, end, items } = found;
      return { wanted, range: rangeOf(start, end, lines), items };
    }
    return null;
  }

  async signature(params: CodePositionParams): Promise<CodeSignature | null> {
    for (const { workspace, file, offset } of await this.placesOf(params)) {
      const found = signatureAt(workspace.index, file, offset);
      if (found) return found;
    }
    return null;
  }

  private async placesOf(params: CodePositionParams): Promise<readonly FilePlace[]> {
    const workspaces = await this.indexes.of(params);
    return workspaces.flatMap((workspace) => {
      const path = pathIn(workspace, params.file);
      const file = path === undefined ? undefined : workspace.index.file(path);
      if (!file) return [];
      const lines = linesOf(file.path, workspace);
      const offset = Math.min(lines.startOf(params.line + 1) + params.column, file.syntax.text.length);
      return [{ workspace, file, offset, lines }];
    });
  }

  async uses(params: CodeTaskParams): Promise<readonly CodeUsePlace[]> {
    const workspaces = await this.indexes.of(params);
    return workspaces.flatMap((workspace) =>
      placesOf(workspace.index, params.taskName).map(({ kind, file, start, end }) => ({
        kind,
        ...placeOf(workspace, file, start, end),
      })),
    );
  }

  /** By the id of a node: the name of a task, or what its callers are called. */
  async calls(params: CodeTaskParams): Promise<CodeCalls> {
    const workspaces = await this.indexes.of(params);
    const all = workspaces.map((workspace) => {
      const { incoming, outgoing } = callsOf(workspace.index, params.taskName);
      const call = ({ node, edges }: (typeof incoming)[number]): CodeCall => ({
        node: nodeOf(node, workspace),
        places: edges.map(({ file, start, end }) => placeOf(workspace, file, start, end)),
      });
      return { incoming: incoming.map(call), outgoing: outgoing.map(call) };
    });
    return {
      incoming: all.flatMap(({ incoming }) => incoming),
      outgoing: all.flatMap(({ outgoing }) => outgoing),
    };
  }
}

interface FilePlace {
  readonly workspace: ReadWorkspace;
  readonly file: CodeFile;
  readonly offset: number;
  readonly lines: LineMap;
}

/** How a file is called in a workspace; undefined: it lies elsewhere. */
const pathIn = ({ folder }: ReadWorkspace, file: string): string | undefined => {
  const path = relative(folder, file);
  return path === '' || path.startsWith('..') ? undefined : path.split(sep).join('/');
};

const rangeOf = (start: number, end: number, lines: LineMap): CodeRange => ({
  startLine: lines.line(start) - 1,
  startColumn: lines.column(start) - 1,
  endLine: lines.line(end) - 1,
  endColumn: lines.column(end) - 1,
});

const maps = new WeakMap<PythonModule, LineMap>();

/** Many places of one file need its lines once. */
const linesOf = (path: string, { index }: ReadWorkspace): LineMap => {
  const syntax = index.file(path)?.syntax;
  const lines = (syntax && maps.get(syntax)) ?? new LineMap(syntax?.text ?? '');
  if (syntax) maps.set(syntax, lines);
  return lines;
};

const placeOf = (workspace: ReadWorkspace, path: string, start: number, end: number): CodePlace => ({
  file: join(workspace.folder, path),
  range: rangeOf(start, end, linesOf(path, workspace)),
});

const placeOfTask = ({ file, definition: { nameStart, name } }: CodeTask, workspace: ReadWorkspace): CodePlace =>
  placeOf(workspace, file, nameStart, nameStart + name.length);

const entriesOf = (workspace: ReadWorkspace, path: string | null): readonly CodeTaskEntry[] => {
  const { tasks, uses } = workspace.index;
  const wanted = path === null ? tasks : tasks.filter(({ file }) => file === path);
  const counts = Map.groupBy(
    uses.filter(({ kind }) => kind !== 'route'),
    ({ task }) => task,
  );
  return wanted.map((task) => {
    const own = counts.get(task.name) ?? [];
    const schedules = own.filter(({ kind }) => kind === 'schedule').length;
    const place = placeOfTask(task, workspace);
    const topLine = placeOf(workspace, task.file, task.start, task.start).range.startLine;
    return { name: task.name, function: task.function, ...place, topLine, uses: own.length - schedules, schedules };
  });
};

const cardOf = (task: CodeTask, workspace: ReadWorkspace, now: number): MeantTask['card'] => {
  const { schedules, ...facts } = taskFacts(workspace.index, task, now);
  return {
    ...placeOfTask(task, workspace),
    ...facts,
    schedules: schedules.map(({ name, schedule, nextRunAt, file, start, end }) => ({
      name,
      schedule,
      nextRunAt,
      ...placeOf(workspace, file.path, start, end),
    })),
  };
};

const nodeOf = (node: GraphNode, workspace: ReadWorkspace): CallNode => {
  const task = workspace.index.task(node.id);
  if (task) return { id: node.id, kind: node.kind, ...placeOfTask(task, workspace) };
  const line = linesOf(node.file, workspace).startOf(node.line);
  const start = Number.isFinite(line) ? line : 0;
  return { id: node.id, kind: node.kind, ...placeOf(workspace, node.file, start, start) };
};
