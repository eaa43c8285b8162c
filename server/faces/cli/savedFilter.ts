import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { isRecord } from '../../celery/isRecord.ts';
import { readSavedFilters, type SavedFilters } from '../../state/queries/language/savedFilters.ts';
import { didYouMean } from '../../text/nearest.ts';
import type { CommandContext } from './context.ts';
import { quoted } from './quoted.ts';
import { UsageError } from './usageError.ts';

/** What --filter names, put before what was typed; both must match. */
export const withSavedFilter = ({ options, terminal }: CommandContext, typed: string): string => {
  if (options.filter === undefined) return typed;
  const { filters, problems } = savedFilters(process.cwd());
  for (const sentence of problems) terminal.say(sentence);
  const saved = filters.get(options.filter);
  if (saved === undefined) throw new UsageError(unknown(options.filter, [...filters.keys()]));
  return typed.trim() === '' ? saved : `(${saved}) (${typed})`;
};

const unknown = (name: string, known: readonly string[]): string => {
  const all =
    known.length > 0 ? ` Filters: ${known.join(', ')}.` : ' Add it to [tool.celeriac.filters] in pyproject.toml.';
  return `No filter ${quoted(name)} found.${didYouMean(name, known) || all}`;
};

/** Those of `[tool.celeriac.filters]` in the nearest pyproject.toml that has any, from a folder upwards. */
const savedFilters = (folder: string): SavedFilters => {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'pyproject.toml');
    const table = filtersIn(file);
    if (table !== undefined) return readSavedFilters(table, file);
    if (dirname(at) === at) return { filters: new Map(), problems: [] };
  }
};

const filtersIn = (file: string): unknown => {
  let root: unknown;
  try {
    root = parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  const tool = isRecord(root) ? root['tool'] : undefined;
  const own = isRecord(tool) ? tool['celeriac'] : undefined;
  return isRecord(own) ? own['filters'] : undefined;
};
