import { advicePhrases } from './advicePhrases.ts';
import { brokerPhrases } from './brokerPhrases.ts';
import { codePhrases } from './codePhrases.ts';
import { connectionTestPhrases } from './connectionTestPhrases.ts';
import { enginePhrases } from './enginePhrases.ts';
import { healthPhrases } from './healthPhrases.ts';
import { schedulePhrases } from './schedulePhrases.ts';

/**
 * Every sentence of the engine by its code: one English template, or a pair for one and for many. Editor windows show the
 * translation of the same template.
 */
export const catalogue = {
  /** What has no code of its own: words of a broker, of the system, or of a program that is none of ours. */
  plain: '{text}',
  ...healthPhrases,
  ...advicePhrases,
  ...brokerPhrases,
  ...connectionTestPhrases,
  ...enginePhrases,
  ...schedulePhrases,
  ...codePhrases,
} as const satisfies Readonly<Record<string, string | readonly [one: string, many: string]>>;
