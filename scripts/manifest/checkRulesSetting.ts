import { rules } from '../../server/code/ruleTable.ts';

export const checkRulesSetting = 'celeriac.check.rules';

/** The setting that gives rules of "celeriac check" another severity, with every rule by its id. */
export const checkRulesSchema = (): object => ({
  type: 'object',
  scope: 'resource',
  order: 5,
  default: {},
  additionalProperties: false,
  properties: Object.fromEntries(
    rules.map(({ id, severity }) => [id, { enum: ['error', 'warning', 'info', 'off'], default: severity }]),
  ),
  markdownDescription: '%configuration.properties.check.rules.markdownDescription%',
});
