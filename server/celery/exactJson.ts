import { jsonToken } from './jsonToken.ts';

/** The digits of a fraction do not count: every float that Python writes is exact. */
const isSuspect = /(?<![\d.])\d{16}|NaN|Infinity/;

/**
 * The text of one member of a JSON object where JavaScript's numbers cannot hold what is written there: whole numbers
 * beyond 2^53, NaN and Infinity, all of which Python writes. `null` where the parsed value is exact.
 */
export const inexactMember = (json: string, name: string): string | null => {
  if (!isSuspect.test(json)) return null;
  const text = memberText(json, JSON.stringify(name));
  return text !== null && isInexact(text) ? text : null;
};

/** Likewise for JSON that is the value itself. */
export const inexactText = (json: string): string | null =>
  isSuspect.test(json) && isInexact(json) ? json.trim() : null;

const isInexact = (json: string): boolean => {
  for (const [text] of json.matchAll(jsonToken)) {
    if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))) return true;
    if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return true;
  }
  return false;
};

/** Walks over the tokens of the outermost object; the last member of a name counts, as in every JSON reader. */
const memberText = (json: string, quotedName: string): string | null => {
  let depth = 0;
  let previous = '';
  let start = -1;
  let found: string | null = null;
  for (const { 0: text, index } of json.matchAll(jsonToken)) {
    if (text === ':' && depth === 1 && previous === quotedName) start = index + 1;
    else if (text === '{' || text === '[') depth += 1;
    else if (text === '}' || text === ']') depth -= 1;
    if (start >= 0 && ((text === ',' && depth === 1) || depth === 0)) {
      found = json.slice(start, index).trim();
      start = -1;
    }
    previous = text;
  }
  return found;
};
