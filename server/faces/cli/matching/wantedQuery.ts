import { readQuery } from '../../../state/queries/language/readQuery.ts';
import type { CommandContext } from '../context.ts';
import { withSavedFilter } from '../savedFilter.ts';

/** What --query and --filter ask for; refused before anything else is done where it cannot be read. */
export const wantedQuery = (context: CommandContext): string => {
  const query = withSavedFilter(context, context.options.query ?? '');
  readQuery(query, 0);
  return query;
};
