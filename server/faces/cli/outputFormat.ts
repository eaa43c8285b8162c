export const outputFormats = ['table', 'json', 'ndjson', 'csv'] as const;
export type OutputFormat = (typeof outputFormats)[number];

interface Wanted {
  readonly json?: boolean;
  readonly output?: OutputFormat;
}

/** What was asked for; `--json` is short for `--output json`. */
export const formatOf = ({ json, output }: Wanted): OutputFormat => output ?? (json ? 'json' : 'table');

export const isForPrograms = (options: Wanted): boolean => formatOf(options) !== 'table';
