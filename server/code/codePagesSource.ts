import { join, relative, sep } from 'node:path';
import type { CodeParams } from '../api/code.ts';
import type {
  CallFit,
  CallFitParams,
  CodeDrift,
  CodeDriftParams,
  CodeGraph,
  CodeGraphParams,
  CodeSummary,
  CrontabParams,
  CrontabReading,
} from '../api/codePages.ts';
import type { CodeRange } from '../api/language.ts';
import { inWords, worded } from '../api/phrase.ts';
import { parseTypedJson } from '../celery/parseTypedJson.ts';
import { LineMap } from '../python/lineMap.ts';
import { crontabWords } from '../schedule/crontabWords.ts';
import { nextRuns } from '../schedule/nextRun.ts';
import { callFit } from './callFit.ts';
import { drawnGraph } from './codeGraph.ts';
import { beatZone, crontabAt } from './crontabAt.ts';
import { driftOf } from './drift.ts';
import type { CodeIndexes } from './indexSource.ts';
import { driftPage } from './rulePage.ts';
import { taskGraph } from './taskGraph.ts';

/** A page draws as many without a stutter. */
const mostNodes = 1_000;
const shownRuns = 3;

const rangeOf = (start: number, end: number, lines: LineMap): CodeRange => ({
  startLine: lines.line(start) - 1,
  startColumn: lines.column(start) - 1,
  endLine: lines.line(end) - 1,
  endColumn: lines.column(end) - 1,
});

/** What pages and hovers show of the code: schedules, calls, and who sends whom. */
export class CodePages {
  private readonly indexes: CodeIndexes;

  constructor(indexes: CodeIndexes) {
    this.indexes = indexes;
  }

  async crontab(params: CrontabParams): Promise<CrontabReading | null> {
    for (const { folder, index } of await this.indexes.of(params)) {
      const file = index.file(relative(folder, params.file).split(sep).join('/'));
      if (!file) continue;
      const lines = new LineMap(file.syntax.text);
      const found = crontabAt(index, file, lines.startOf(params.line + 1) + params.column);
      if (!found) return null;
      const { crontab, start, end } = found;
      const zone = beatZone(index);
      return {
        range: rangeOf(start, end, lines),
        ...worded(crontabWords(crontab)),
        zone,
        runs: zone === null ? [] : nextRuns(crontab, zone, params.now, shownRuns),
      };
    }
    return null;
  }

  /** Null where no code, or more than one, has the task. */
  async callFit(params: CallFitParams): Promise<CallFit | null> {
    const args = parseTypedJson(params.argsJson);
    const kwargs = parseTypedJson(params.kwargsJson);
    if (!Array.isArray(args) || typeof kwargs !== 'object' || kwargs === null) return null;
    const given = { count: args.length, names: Object.keys(kwargs) };
    const fits = (await this.indexes.of(params)).flatMap(({ index }) => callFit(index, params.taskName, given) ?? []);
    return fits.length === 1 ? (fits[0] ?? null) : null;
  }

  async drift(params: CodeDriftParams): Promise<readonly CodeDrift[]> {
    const { facts } = params;
    if (!facts) return [];
    return (await this.indexes.of(params)).flatMap(({ folder, index }) =>
      driftOf(index, facts).map(({ kind, what, advice, at }) => {
        const lines = at && new LineMap(index.file(at.file)?.syntax.text ?? '');
        return {
          kind,
          ...worded(what),
          recommendation: inWords(advice),
          advice,
          page: driftPage,
          place: at && lines && { file: join(folder, at.file), range: rangeOf(at.start, at.end, lines) },
        };
      }),
    );
  }

  async summary(params: CodeParams): Promise<CodeSummary> {
    const workspaces = await this.indexes.of(params);
    const total = (of: (workspace: (typeof workspaces)[number]) => number): number =>
      workspaces.reduce((sum, workspace) => sum + of(workspace), 0);
    return {
      tasks: total(({ index }) => index.tasks.length),
      files: total(({ index }) => index.files.length),
      ignored: total(({ ignored }) => ignored),
      leftOut: workspaces.flatMap(({ leftOut }) => leftOut),
    };
  }

  async graph(params: CodeGraphParams): Promise<CodeGraph> {
    const workspaces = await this.indexes.of(params);
    const figures = new Map(Object.entries(params.figures ?? {}));
    const graphs = workspaces.map(({ folder, index }) => {
      const { nodes, edges, omitted } = drawnGraph(taskGraph(index), mostNodes);
      const placed = nodes.map(({ id, kind, file, line }) => ({
        id,
        kind,
        file: join(folder, file),
        range: { startLine: line - 1, startColumn: 0, endLine: line - 1, endColumn: 0 },
        figures: kind === 'task' ? (figures.get(id) ?? null) : null,
      }));
      return { nodes: placed, edges, omitted };
    });
    const nodes = new Map(graphs.flatMap((graph) => graph.nodes.map((node) => [node.id, node])));
    return {
      nodes: [...nodes.values()],
      edges: graphs.flatMap(({ edges }) => edges),
      omitted: graphs.reduce((sum, { omitted }) => sum + omitted, 0),
    };
  }
}
