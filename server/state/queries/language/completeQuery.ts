import { fieldNamed, queryFields } from './queryFields.ts';

/** The values that are known of fields that have names for values. */
export interface KnownValues {
  readonly state: readonly string[];
  readonly name: readonly string[];
  readonly worker: readonly string[];
  readonly queue: readonly string[];
}

/** What may replace the part of the query from `from` to the caret. */
export interface QueryCompletion {
  readonly from: number;
  readonly options: readonly string[];
}

const samples: Readonly<Record<string, readonly string[]>> = {
  duration: ['>1s', '>5s', '>1m', '<1s'],
  time: ['<5m', '<1h', '<1d', '>1d'],
  count: ['>0', '>2'],
};

const mostOptions = 50;

/** Completes the word before the caret: a field, or a value of the field that it names. */
export const completeQuery = (text: string, caret: number, known: KnownValues): QueryCompletion => {
  const before = text.slice(0, caret);
  let start = caret;
  while (start > 0 && !' \t\n('.includes(before.charAt(start - 1))) start--;
  if (before.charAt(start) === '-') start++;
  const word = before.slice(start);
  const colon = word.indexOf(':');
  if (colon < 0) {
    const fields = Object.keys(queryFields).map((name) => `${name}:`);
    return { from: start, options: fields.filter((each) => each.startsWith(word.toLowerCase())) };
  }
  const comma = word.lastIndexOf(',');
  const from = start + (comma > colon ? comma : colon) + 1;
  const typed = before.slice(from).toLowerCase();
  const options = valuesOf(word.slice(0, colon), known).filter((each) => each.toLowerCase().startsWith(typed));
  return { from, options: options.slice(0, mostOptions).map((each) => (/[\s()"]/.test(each) ? `"${each}"` : each)) };
};

const valuesOf = (name: string, known: KnownValues): readonly string[] => {
  const field = fieldNamed(name);
  switch (field?.kind) {
    case 'state':
      return known.state;
    case 'label':
      return field.column === 'client' ? [] : known[field.column];
    case undefined:
      return [];
    default:
      return samples[field?.kind ?? ''] ?? [];
  }
};
