import type { Phrase } from '../api/phrase.ts';
import type { RuleName } from './ruleTable.ts';

/** What to do when a rule raises an alert. */
export const adviceOf = (rule: RuleName): Phrase => ({ code: `advice.${rule}`, values: {} });
