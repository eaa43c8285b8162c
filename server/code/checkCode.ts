import { walk } from '../python/walk.ts';
import type { CodeIndex } from './codeIndex.ts';
import type { CodeFile } from './facts.ts';
import { ignoredRules } from './ignoredRules.ts';
import type { Finding, Found, Rule } from './rule.ts';
import { rules } from './ruleTable.ts';

export interface CheckOptions {
  /** Which rules are asked; left out: all. */
  readonly isAsked?: (rule: Rule) => boolean;
  /** Which files are looked at; left out: all. */
  readonly isSelected?: (file: CodeFile) => boolean;
}

/** What the rules find in the code, in the order of files and lines. */
export const checkCode = (
  index: CodeIndex,
  { isAsked = () => true, isSelected = () => true }: CheckOptions = {},
): readonly Finding[] => {
  const asked = rules.filter(isAsked);
  const findings: Finding[] = [];
  const ignored = new Map<CodeFile, ReturnType<typeof ignoredRules>>();
  const add = (rule: Rule, file: CodeFile, { at, message, fix = [] }: Found): void => {
    if (!isSelected(file)) return;
    const isIgnored = ignored.get(file) ?? ignoredRules(file.syntax);
    ignored.set(file, isIgnored);
    if (isIgnored(rule.id, at.start)) return;
    const { id, severity } = rule;
    findings.push({ rule: id, severity, message, file: file.path, start: at.start, end: at.end, fix });
  };
  const byNode = asked.filter(({ node }) => node !== undefined);
  for (const file of index.files) {
    if (!isSelected(file)) continue;
    walk(file.syntax.body, (node, above) => {
      for (const rule of byNode)
        for (const found of rule.node?.({ node, above, file, index }) ?? []) add(rule, found.file ?? file, found);
      return undefined;
    });
  }
  for (const rule of asked) for (const found of rule.project?.(index) ?? []) add(rule, found.file, found);
  return findings.sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
};
