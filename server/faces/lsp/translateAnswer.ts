import { inWords, isPhrase } from '../../api/phrase.ts';
import { foreignFields } from '../../outlet/fields.ts';

type Fields = Readonly<Record<string, unknown>>;
type Translate = (english: string) => string;

/**
 * An answer in the language of the window. What the engine says stands beside what it was made of, so the sentence is made
 * once more from that; everything else stays the same object.
 */
export const translateAnswer = <T>(answer: T, translate: Translate): T => valueIn(answer, translate) as T;

const valueIn = (value: unknown, translate: Translate): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return itemsIn(value, translate);
  return fieldsIn(value as Fields, translate);
};

const itemsIn = (items: readonly unknown[], translate: Translate): readonly unknown[] => {
  let isSame = true;
  const translated = items.map((item) => {
    const each = valueIn(item, translate);
    if (each !== item) isSame = false;
    return each;
  });
  return isSame ? items : translated;
};

const fieldsIn = (fields: Fields, translate: Translate): Fields => {
  const changed: Record<string, unknown> = {};
  let isSame = true;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    const made = madeFrom(name, value, translate);
    const [target, each] = made ?? [name, valueIn(value, translate)];
    if (each === fields[target]) continue;
    changed[target] = each;
    isSame = false;
  }
  return isSame ? fields : { ...fields, ...changed };
};

/** Which field a field is put into words for, and the words; null: it is none of these. */
const madeFrom = (name: string, value: unknown, translate: Translate): readonly [string, unknown] | null => {
  if (isForeign(name)) return [name, value];
  if (name === 'help' && typeof value === 'string') return [name, translate(value)];
  const target = targets[name];
  return target === undefined || !isPhrase(value) ? null : [target, inWords(value, translate)];
};

/** What the code of the cluster made: it may have fields of any name. The arguments of a command's form are ours. */
const isForeign = (name: string): boolean => name === 'value' || (name !== 'arguments' && foreignFields.has(name));

const targets: Readonly<Record<string, string>> = { phrase: 'sentence', advice: 'recommendation' };
