import { eachJsonToken } from './jsonToken.ts';

/** The texts of the members of a JSON array, each exactly as it is written; null for what is no array. */
export const splitArray = (json: string): readonly string[] | null => {
  const members: string[] = [];
  let depth = 0;
  let start = json.indexOf('[') + 1;
  let isArray = false;
  eachJsonToken(json, (from, to) => {
    const sign = to - from === 1 ? json.charAt(from) : '';
    if (depth === 0 && (sign !== '[' || from !== start - 1)) return false;
    if (depth === 1 && (sign === ',' || sign === ']')) {
      const member = json.slice(start, from).trim();
      if (member !== '') members.push(member);
      start = to;
    }
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    isArray = depth === 0;
    return !isArray;
  });
  return isArray ? members : null;
};
