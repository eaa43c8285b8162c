import { isRecord } from './isRecord.ts';

/** A copy of what is a dictionary; an empty one in place of anything else. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? { ...value } : {});
