import { QueryError } from './queryError.ts';
import { readQuery } from './readQuery.ts';

/** Queries by the names that a team has given them. */
export interface SavedFilters {
  readonly filters: ReadonlyMap<string, string>;
  /** What in their list cannot be used, in sentences. */
  readonly problems: readonly string[];
}

const longestName = 80;

/** Reads `{ "stuck orders": "state:STARTED name:orders.* runtime:>1h" }`, wherever it is written; the order stays. */
export const readSavedFilters = (value: unknown, where: string): SavedFilters => {
  const filters = new Map<string, string>();
  const problems: string[] = [];
  if (value === undefined) return { filters, problems };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { filters, problems: [`${where}: filters must be a table of names and queries.`] };
  for (const [name, query] of Object.entries(value)) {
    const defect = defectOf(name, query);
    if (defect === null) filters.set(name, String(query).trim());
    else problems.push(`${where}: the filter "${name.slice(0, longestName)}" is ignored: ${defect}`);
  }
  return { filters, problems };
};

const defectOf = (name: string, query: unknown): string | null => {
  if (name.trim() === '' || name.length > longestName) return `its name must have 1 to ${longestName} characters.`;
  if (typeof query !== 'string' || query.trim() === '') return 'its query must be text.';
  try {
    readQuery(query, 0);
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
};
