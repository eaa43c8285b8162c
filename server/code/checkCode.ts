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
  /** What was found before; files that have not changed are not looked at again. */
  readonly cache?: FindingCache;
}

interface Located {
  readonly rule: Rule;
  readonly found: Found;
}

/** What the rules found in each file, for as long as nothing has changed that others see of a file. */
export class FindingCache {
  private lineage: object = {};
  private asked = '';
  private found = new WeakMap<CodeFile, readonly Located[]>();
  private readonly ignored = new WeakMap<CodeFile, ReturnType<typeof ignoredRules>>();

  isIgnored(file: CodeFile, { id }: Rule, offset: number): boolean {
    const isIgnored = this.ignored.get(file) ?? ignoredRules(file.syntax);
    this.ignored.set(file, isIgnored);
    return isIgnored(id, offset);
  }

  /** The findings of an index, those of one that looks the same from outside included. */
  of(index: CodeIndex, asked: readonly Rule[]): WeakMap<CodeFile, readonly Located[]> {
    const ids = asked.map(({ id }) => id).join();
    if (index.lineage !== this.lineage || ids !== this.asked) this.found = new WeakMap();
    this.lineage = index.lineage;
    this.asked = ids;
    return this.found;
  }
}

/** What the rules find in the code, in the order of files and lines. */
export const checkCode = (
  index: CodeIndex,
  { isAsked = () => true, isSelected = () => true, cache = new FindingCache() }: CheckOptions = {},
): readonly Finding[] => {
  const asked = rules.filter(isAsked);
  const findings: Finding[] = [];
  const add = (rule: Rule, file: CodeFile, { at, message, fix = [] }: Found): void => {
    if (!isSelected(file)) return;
    if (cache.isIgnored(file, rule, at.start)) return;
    const { id, severity } = rule;
    findings.push({ rule: id, severity, message, file: file.path, start: at.start, end: at.end, fix });
  };
  const byNode = asked.filter(({ node }) => node !== undefined);
  const known = cache.of(index, byNode);
  for (const file of index.files) {
    if (!isSelected(file)) continue;
    const located = known.get(file) ?? findingsIn(file, index, byNode);
    // A finding in another file would not follow the changes of that one.
    if (located.every(({ found }) => found.file === undefined || found.file === file)) known.set(file, located);
    for (const { rule, found } of located) add(rule, found.file ?? file, found);
  }
  for (const rule of asked) for (const found of rule.project?.(index) ?? []) add(rule, found.file, found);
  return findings.sort((a, b) => (a.file === b.file ? a.start - b.start : a.file < b.file ? -1 : 1));
};

const findingsIn = (file: CodeFile, index: CodeIndex, byNode: readonly Rule[]): readonly Located[] => {
  const located: Located[] = [];
  walk(file.syntax.body, (node, above) => {
    for (const rule of byNode)
      for (const found of rule.node?.({ node, above, file, index }) ?? []) located.push({ rule, found });
    return undefined;
  });
  return located;
};
