import { join } from 'node:path';
import type { CodeProblem, CodeProblems, CodeProblemsParams, CodeRange } from '../api/language.ts';
import { LineMap } from '../python/lineMap.ts';
import { checkCode, FindingCache } from './checkCode.ts';
import { type CheckConfig, severityOf } from './checkConfig.ts';
import { checkConfigOf } from './checkConfigSource.ts';
import type { CodeIndexes } from './indexSource.ts';
import type { Finding } from './rule.ts';
import { rulePage } from './rulePage.ts';
import { rules } from './ruleTable.ts';
import type { ReadWorkspace } from './workspaceSource.ts';

/** What the rules find in the folders of an editor. */
export class CodeProblemReader {
  private readonly indexes: CodeIndexes;
  private readonly caches = new Map<string, FindingCache>();

  constructor(indexes: CodeIndexes) {
    this.indexes = indexes;
  }

  async of(params: CodeProblemsParams): Promise<CodeProblems> {
    const problems: CodeProblem[] = [];
    const leftOut: string[] = [];
    for (const workspace of await this.indexes.of(params)) {
      const config = await checkConfigOf(workspace.folder, params.rules[workspace.folder]);
      leftOut.push(...workspace.leftOut, ...config.problems);
      const cache = this.caches.get(workspace.folder) ?? new FindingCache();
      this.caches.set(workspace.folder, cache);
      problems.push(...problemsIn(workspace, config, cache));
    }
    return { problems, leftOut };
  }
}

const problemsIn = (
  { folder, index }: ReadWorkspace,
  config: CheckConfig,
  cache: FindingCache,
): readonly CodeProblem[] => {
  const severities = new Map(rules.map((rule) => [rule.id, severityOf(rule, config)]));
  const findings = checkCode(index, { isAsked: ({ id }) => severities.get(id) !== 'off', cache });
  return [...Map.groupBy(findings, ({ file }) => file)].flatMap(([path, own]) => {
    const lines = new LineMap(index.file(path)?.syntax.text ?? '');
    return own.map((finding) => problem(finding, join(folder, path), lines, severities.get(finding.rule)));
  });
};

const keepsMeaning: ReadonlySet<string> = new Set(rules.filter((rule) => rule.fixKeepsMeaning).map(({ id }) => id));

const problem = (
  { rule, severity, message, start, end, fix }: Finding,
  file: string,
  lines: LineMap,
  own: CodeProblem['severity'] | 'off' | undefined,
): CodeProblem => ({
  file,
  rule,
  severity: own === undefined || own === 'off' ? severity : own,
  message,
  page: rulePage(rule),
  isFixSafe: fix.length > 0 && keepsMeaning.has(rule),
  range: rangeOf(start, end, lines),
  fix: fix.map((edit) => ({ range: rangeOf(edit.start, edit.end, lines), text: edit.text })),
});

const rangeOf = (start: number, end: number, lines: LineMap): CodeRange => ({
  startLine: lines.line(start) - 1,
  startColumn: lines.column(start) - 1,
  endLine: lines.line(end) - 1,
  endColumn: lines.column(end) - 1,
});
