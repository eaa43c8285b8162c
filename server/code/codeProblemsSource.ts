import { readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { CodeProblem, CodeProblems, CodeProblemsParams, CodeRange } from '../api/language.ts';
import { LineMap } from '../python/lineMap.ts';
import { checkCode } from './checkCode.ts';
import { type CheckConfig, readCheckConfig, severityOf } from './checkConfig.ts';
import type { Finding } from './rule.ts';
import { rules } from './ruleTable.ts';
import { type ReadWorkspace, readWorkspace, SyntaxCache } from './workspaceSource.ts';

/** What the rules find in the folders of an editor; a file that has not changed is not parsed again. */
export class CodeProblemReader {
  private readonly cache = new SyntaxCache();

  async of({ folders, unsaved }: CodeProblemsParams): Promise<CodeProblems> {
    const typed = new Map(unsaved.map(({ file, text }) => [file, text]));
    const problems: CodeProblem[] = [];
    const leftOut: string[] = [];
    for (const folder of outermost(folders)) {
      if (!(await isFolder(folder))) {
        leftOut.push(`${folder} is left out: the folder is not there.`);
        continue;
      }
      const workspace = await readWorkspace([folder], { unsaved: typed, cache: this.cache });
      const config = await configOf(workspace.folder);
      leftOut.push(...workspace.leftOut, ...config.problems);
      problems.push(...problemsIn(workspace, config));
    }
    return { problems, leftOut };
  }
}

/** A folder inside another one is read with it, and once. */
const outermost = (folders: readonly string[]): readonly string[] => {
  const distinct = [...new Set(folders)];
  return distinct.filter(
    (folder) => !distinct.some((other) => other !== folder && folder.startsWith(join(other, sep))),
  );
};

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

const configOf = async (folder: string): Promise<CheckConfig> => {
  try {
    return readCheckConfig(await readFile(join(folder, 'pyproject.toml'), 'utf8'), 'pyproject.toml');
  } catch {
    return { rules: new Map(), problems: [] };
  }
};

const problemsIn = ({ folder, index }: ReadWorkspace, config: CheckConfig): readonly CodeProblem[] => {
  const severities = new Map(rules.map((rule) => [rule.id, severityOf(rule, config)]));
  const findings = checkCode(index, { isAsked: ({ id }) => severities.get(id) !== 'off' });
  return [...Map.groupBy(findings, ({ file }) => file)].flatMap(([path, own]) => {
    const lines = new LineMap(index.file(path)?.syntax.text ?? '');
    return own.map((finding) => problem(finding, join(folder, path), lines, severities.get(finding.rule)));
  });
};

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
  range: rangeOf(start, end, lines),
  fix: fix.map((edit) => ({ range: rangeOf(edit.start, edit.end, lines), text: edit.text })),
});

const rangeOf = (start: number, end: number, lines: LineMap): CodeRange => ({
  startLine: lines.line(start) - 1,
  startColumn: lines.column(start) - 1,
  endLine: lines.line(end) - 1,
  endColumn: lines.column(end) - 1,
});
