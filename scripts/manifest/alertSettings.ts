import type { HealthRule } from '../../server/health/rule.ts';
import { type RuleName, ruleNames, ruleTable } from '../../server/health/ruleTable.ts';

type Texts = Readonly<Record<string, string>>;

export const alertPrefix = 'celeriac.alerts.';

const place = 'configuration.alerts';
const severities = { info: 'Info', warning: 'Warning', critical: 'Critical' } as const;

/** What the fields of the settings mean, by their keys in package.nls.json. */
const fieldTexts = (): Texts => ({
  [`${place}.enabled`]: 'Turns the alert on.',
  ...Object.fromEntries(
    Object.entries(severities).flatMap(([severity, words]) => [
      [`${place}.${severity}`, `${words} threshold.`],
      [`${place}.${severity}.share`, `${words} threshold, 0–1.`],
      [`${place}.${severity}AfterSeconds`, `${words} after this many seconds above the threshold.`],
    ]),
  ),
});

const fieldsOf = ({ levels, unit }: HealthRule): readonly (readonly [name: string, value: number, key: string])[] =>
  levels.flatMap(({ severity, above, forSeconds }) => [
    ...(unit === 'none' ? [] : [[severity, above, unit === 'share' ? `${severity}.share` : severity] as const]),
    [`${severity}AfterSeconds`, forSeconds, `${severity}AfterSeconds`] as const,
  ]);

const settingOf = (name: RuleName, order: number): object => {
  const fields = fieldsOf(ruleTable[name]);
  const schema = fields.map(
    ([field, , key]) => [field, { type: 'number', minimum: 0, description: `%${place}.${key}%` }] as const,
  );
  return {
    type: 'object',
    scope: 'window',
    order,
    description: `%${place}.rules.${name}%`,
    additionalProperties: false,
    properties: {
      enabled: { type: 'boolean', description: `%${place}.enabled%` },
      ...Object.fromEntries(schema),
    },
    default: { enabled: true, ...Object.fromEntries(fields.map(([field, value]) => [field, value])) },
  };
};

/** A setting for each health rule, with the figures of the rule. */
export const alertSettings = (): Readonly<Record<string, object>> =>
  Object.fromEntries(ruleNames.map((name, index) => [`${alertPrefix}${name}`, settingOf(name, index + 1)]));

/** What these settings say, by their keys in package.nls.json. */
export const alertTexts = (): Texts => {
  const used = JSON.stringify(alertSettings());
  const texts = { ...fieldTexts(), ...ruleTexts() };
  return Object.fromEntries(Object.entries(texts).filter(([key]) => used.includes(`%${key}%`)));
};

const ruleTexts = (): Texts =>
  Object.fromEntries(ruleNames.map((name) => [`${place}.rules.${name}`, `${ruleTable[name].watches}.`]));
