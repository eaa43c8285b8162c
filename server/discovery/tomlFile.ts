import { parse } from 'smol-toml';
import type { Variable } from './envFile.ts';
import { roleOf } from './roles.ts';

/** The settings of Celery that stand anywhere in a TOML file; none where it is not TOML. */
export const readTomlFile = (text: string): Variable[] => {
  try {
    return below(parse(text), text.split('\n'));
  } catch {
    return [];
  }
};

const below = (value: unknown, lines: readonly string[]): Variable[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    if (typeof each !== 'string' || roleOf(name) === null) return below(each, lines);
    const line = lines.findIndex((text) => text.includes(name) && text.includes(each)) + 1;
    return [{ name, value: each, line: Math.max(1, line) }];
  });
};
