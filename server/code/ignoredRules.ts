import { LineMap } from '../python/lineMap.ts';
import type { PythonModule } from '../python/syntax.ts';

const word = 'celeriac:';
const directive = /^\s*ignore(-file)?(?:\[([^\]]*)\])?/;

/**
 * What comments of a file silence: `# celeriac: ignore[a, b]` on the line of a finding, `# celeriac: ignore-file[a]` for the
 * whole file; without brackets, every rule.
 */
export const ignoredRules = ({ text, comments }: PythonModule): ((rule: string, offset: number) => boolean) => {
  const lines = new LineMap(text);
  const byLine = new Map<number, ReadonlySet<string> | 'all'>();
  let ofFile: ReadonlySet<string> | 'all' | null = null;
  for (const comment of comments) {
    const found = directiveIn(comment.text);
    if (!found) continue;
    const rules = found[2] === undefined ? 'all' : new Set(found[2].split(',').map((each) => each.trim()));
    const isAlone = text.slice(lines.startOf(lines.line(comment.start)), comment.start).trim() === '';
    if (found[1] !== undefined || (isAlone && lines.line(comment.start) <= firstLines)) ofFile = merged(ofFile, rules);
    else byLine.set(lines.line(comment.start), rules);
  }
  const holds = (rules: ReadonlySet<string> | 'all' | null | undefined, rule: string): boolean =>
    rules === 'all' || (rules?.has(rule) ?? false);
  return (rule, offset) => holds(ofFile, rule) || holds(byLine.get(lines.line(offset)), rule);
};

/** A comment of its own in the first lines of a file is meant for all of it. */
const firstLines = 3;

type Rules = ReadonlySet<string> | 'all';

const merged = (before: Rules | null, rules: Rules): Rules =>
  before === 'all' || rules === 'all' ? 'all' : new Set([...(before ?? []), ...rules]);

/** Other tools may have their words before ours: `# noqa  # celeriac: ignore`. */
const directiveIn = (comment: string): RegExpExecArray | null => {
  const at = comment.indexOf(word);
  return at >= 0 && comment.slice(0, at).trimEnd().endsWith('#')
    ? directive.exec(comment.slice(at + word.length))
    : null;
};
