import { isRecord } from '../../celery/isRecord.ts';

/** JSON in which two equal values read alike: names in order, and so are lists of names, which workers send as they please. */
export const orderedJson = (value: unknown): string => `${JSON.stringify(ordered(value), null, 2)}\n`;

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.toSorted() : value.map(ordered);
  if (!isRecord(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, ordered(value[name])]));
};
