import { parse } from 'smol-toml';
import type { Rule, Severity } from './rule.ts';
import { rules } from './ruleTable.ts';

/** What is asked of `celeriac check`: which rules, and how serious each is. */
export interface CheckConfig {
  /** By the rule's id; `off`: it is not asked. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** What in the configuration means nothing, in sentences. */
  readonly problems: readonly string[];
}

const severities: readonly string[] = ['error', 'warning', 'info', 'off'];
export const ruleIds: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

/** The table `[tool.celeriac.check]` of a pyproject.toml, or a file of that table alone. */
export const readCheckConfig = (text: string, file: string): CheckConfig => {
  let table: unknown;
  try {
    table = parse(text);
  } catch (error) {
    const [reason = 'it is not valid TOML'] = (error instanceof Error ? error.message : '').split('\n');
    return { rules: new Map(), problems: [`${file} is ignored: ${reason}.`] };
  }
  const tool = member(member(member(table, 'tool'), 'celeriac'), 'check');
  return readRules(tool ?? (member(table, 'tool') === undefined ? table : undefined), file);
};

export const noConfig: CheckConfig = { rules: new Map(), problems: [] };

/** The rules of a setting of the editor, as `rules` in pyproject.toml. */
export const readRuleSettings = (rules: unknown, where: string): CheckConfig => readRules({ rules }, where);

/** What the second says counts. */
export const withRules = (first: CheckConfig, second: CheckConfig): CheckConfig => ({
  rules: new Map([...first.rules, ...second.rules]),
  problems: [...first.problems, ...second.problems],
});

/** `rules = { "async-task" = "off" }`, and `ignore = ["async-task"]`. */
const readRules = (table: unknown, where: string): CheckConfig => {
  const found = new Map<string, Severity | 'off'>();
  const problems: string[] = [];
  const set = (id: string, severity: unknown): void => {
    if (!ruleIds.has(id)) problems.push(`${where}: unknown rule "${id}".`);
    else if (typeof severity !== 'string' || !severities.includes(severity))
      problems.push(`${where}: the severity of ${id} must be one of ${severities.join(', ')}.`);
    else found.set(id, severity as Severity | 'off');
  };
  const ignored = member(table, 'ignore');
  for (const id of Array.isArray(ignored) ? ignored : []) set(String(id), 'off');
  const own = member(table, 'rules');
  if (typeof own === 'object' && own !== null) for (const [id, severity] of Object.entries(own)) set(id, severity);
  return { rules: found, problems };
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

export const severityOf = (rule: Pick<Rule, 'id' | 'severity'>, { rules: own }: CheckConfig): Severity | 'off' =>
  own.get(rule.id) ?? rule.severity;
