import { jsonToken } from './jsonToken.ts';

/** The texts of the members of a JSON array, each exactly as it is written; null for what is no array. */
export const splitArray = (json: string): readonly string[] | null => {
  const members: string[] = [];
  let depth = 0;
  let start = json.indexOf('[') + 1;
  for (const { 0: text, index } of json.matchAll(jsonToken)) {
    if (depth === 0 && (text !== '[' || index !== start - 1)) return null;
    if (depth === 1 && (text === ',' || text === ']')) {
      const member = json.slice(start, index).trim();
      if (member !== '') members.push(member);
      start = index + 1;
    }
    if (text === '[' || text === '{') depth += 1;
    else if (text === ']' || text === '}') depth -= 1;
    if (depth === 0) return members;
  }
  return null;
};
