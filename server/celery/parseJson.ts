import { depthLimit, jsonLimit, roomAfter, tooDeep } from './jsonBounds.ts';
import { parsePythonJson } from './pythonJson.ts';

/** A value, or what keeps the text from being one that is taken in. */
export type ReadJson =
  | { readonly value: unknown }
  | { readonly defect: 'not JSON' | 'too large' | 'nested too deeply' };

/** Reads JSON from outside, as Python writes it too, within the bounds of what is taken in. Never throws. */
export const readJson = (text: string, limit = jsonLimit): ReadJson => {
  if (text.length > limit) return { defect: 'too large' };
  const value = parsePythonJson(text);
  if (value === undefined) return { defect: 'not JSON' };
  return roomAfter(value, depthLimit, Number.MAX_SAFE_INTEGER) === tooDeep
    ? { defect: 'nested too deeply' }
    : { value };
};

/** As `readJson`, for those who need not say why: undefined for whatever is not taken in. */
export const parseJson = (text: string): unknown => {
  const read = readJson(text);
  return 'value' in read ? read.value : undefined;
};
