import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../../../package.json' with { type: 'json' };
import { applyFixes } from '../../../code/applyFixes.ts';
import { checkCode } from '../../../code/checkCode.ts';
import { type CheckConfig, readCheckConfig, ruleIds, severityOf } from '../../../code/checkConfig.ts';
import { checkConfigOf, folderRules } from '../../../code/checkConfigSource.ts';
import type { Finding } from '../../../code/rule.ts';
import { rules } from '../../../code/ruleTable.ts';
import { type ReadWorkspace, readWorkspace } from '../../../code/workspaceSource.ts';
import { replaceFile } from '../../../files/replaceFile.ts';
import { LineMap } from '../../../python/lineMap.ts';
import { findingJson, findingLine, githubLine, type PlacedFinding, sarif } from '../../../text/findings.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { UsageError } from '../usageError.ts';

const formats = ['text', 'github', 'sarif', 'json'];

/** Says what in the code will go wrong. Nothing is run, and no broker is needed. */
export const runCheck: RunCommand = async (context) => {
  const { args, options, terminal } = context;
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (!formats.includes(format))
    throw new UsageError(`Unknown format "${format}". Use text, github or sarif, or --json.`);
  for (const id of [...(options.select ?? []), ...(options.ignore ?? [])])
    if (!ruleIds.has(id)) throw new UsageError(`Unknown rule "${id}".${didYouMean(id, [...ruleIds])}`);
  for (const path of args) if (!existsSync(path)) throw new UsageError(`No such file or folder: "${path}".`);
  const workspace = await readWorkspace(args, { isStopped: () => context.interruption.aborted });
  const config = await configOf(workspace, options.config);
  for (const sentence of [...config.problems, ...workspace.leftOut]) terminal.say(sentence);
  let findings = find(workspace, config, context);
  if (options.fix) {
    const fixed = fixAll(workspace, findings);
    if (fixed > 0) terminal.say(`${plural(fixed, 'finding')} fixed.`);
    const again = await readWorkspace(args, { isStopped: () => context.interruption.aborted });
    findings = find(again, config, context);
  }
  show(findings, format, context);
  const counted = findings.filter(({ severity }) => severity !== 'info').length;
  if (format === 'text') terminal.say(terminal.paintTalk('dim', summaryOf(findings, workspace)));
  return counted > 0 ? exitCode.failed : exitCode.ok;
};

const configOf = async ({ folder }: ReadWorkspace, named: string | undefined): Promise<CheckConfig> => {
  if (named === undefined) return checkConfigOf(folder, await folderRules(folder));
  try {
    return readCheckConfig(await readFile(named, 'utf8'), named);
  } catch (error) {
    throw new UsageError(
      `The configuration ${named} cannot be read: ${error instanceof Error ? error.message : error}.`,
    );
  }
};

const find = (workspace: ReadWorkspace, config: CheckConfig, { options }: CommandContext): readonly PlacedFinding[] => {
  const { index, selected } = workspace;
  const severities = new Map(rules.map((rule) => [rule.id, severityOf(rule, config)]));
  const findings = checkCode(index, {
    isAsked: ({ id }) =>
      (options.select ? options.select.includes(id) : severities.get(id) !== 'off') &&
      !(options.ignore?.includes(id) ?? false),
    ...(selected ? { isSelected: ({ path }) => selected.has(path) } : {}),
  });
  return findings.map((finding) => {
    const own = severities.get(finding.rule);
    return place(own && own !== 'off' ? { ...finding, severity: own } : finding, workspace);
  });
};

const place = (finding: Finding, { index }: ReadWorkspace): PlacedFinding => {
  const lines = new LineMap(index.file(finding.file)?.syntax.text ?? '');
  const { start, end } = finding;
  return {
    ...finding,
    line: lines.line(start),
    column: lines.column(start),
    endLine: lines.line(end),
    endColumn: lines.column(end),
  };
};

const fixAll = ({ folder, index }: ReadWorkspace, findings: readonly PlacedFinding[]): number => {
  let total = 0;
  for (const [path, own] of Map.groupBy(findings, ({ file }) => file)) {
    const before = index.file(path)?.syntax.text;
    if (before === undefined) continue;
    const { text, fixed } = applyFixes(before, own);
    if (fixed === 0) continue;
    replaceFile(join(folder, path), text);
    total += fixed;
  }
  return total;
};

const show = (findings: readonly PlacedFinding[], format: string, { terminal }: CommandContext): void => {
  if (format === 'json') terminal.json(findings.map(findingJson));
  else if (format === 'sarif') terminal.json(sarif(findings, manifest.version));
  else
    for (const finding of terminal.shown(findings))
      terminal.line(format === 'github' ? githubLine(finding) : findingLine(finding));
};

const summaryOf = (findings: readonly PlacedFinding[], { index }: ReadWorkspace): string => {
  const fixable = findings.filter(({ fix }) => fix.length > 0).length;
  const read = `${plural(index.files.length, 'file')} and ${plural(index.tasks.length, 'task')} checked`;
  if (findings.length === 0) return `No findings: ${read}.`;
  const hint = fixable > 0 ? ` ${fixable} can be fixed with --fix.` : '';
  return `${plural(findings.length, 'finding')}: ${read}.${hint}`;
};
