import { eachJsonToken } from './jsonToken.ts';

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
  let found = false;
  eachJsonToken(json, (from, to) => {
    if (!mayBeInexact(json.charCodeAt(from))) return true;
    const text = json.slice(from, to);
    const isWhole = to - from > 15 && /^-?\d+$/.test(text);
    found = isWhole ? !Number.isSafeInteger(Number(text)) : ['NaN', 'Infinity', '-Infinity'].includes(text);
    return !found;
  });
  return found;
};

/** A minus, a digit, or the N or I of NaN and Infinity. */
const mayBeInexact = (code: number): boolean =>
  code === 0x2d || (code >= 0x30 && code <= 0x39) || code === 0x4e || code === 0x49;

/** Walks over the tokens of the outermost object; the last member of a name counts, as in every JSON reader. */
const memberText = (json: string, quotedName: string): string | null => {
  let depth = 0;
  let isNamed = false;
  let start = -1;
  let found: string | null = null;
  eachJsonToken(json, (from, to) => {
    const sign = to - from === 1 ? json.charAt(from) : '';
    if (sign === ':' && depth === 1 && isNamed) start = to;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (start >= 0 && ((sign === ',' && depth === 1) || depth === 0)) {
      found = json.slice(start, from).trim();
      start = -1;
    }
    isNamed = to - from === quotedName.length && json.startsWith(quotedName, from);
    return true;
  });
  return found;
};
