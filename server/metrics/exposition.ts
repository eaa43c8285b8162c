/** Metrics as Prometheus reads them. Pure. */
/** `untyped`: a gauge whose name, given by others, looks like a counter's. */
type MetricType = 'counter' | 'gauge' | 'histogram' | 'untyped';

export type Labels = readonly (readonly [name: string, value: string])[];

export interface Sample {
  /** What follows the family's name: a histogram has `_bucket`, `_sum` and `_count`; the others have nothing. */
  readonly suffix?: '_bucket' | '_sum' | '_count';
  readonly labels: Labels;
  readonly value: number;
}

/** All samples of one name. A counter's name ends in `_total`. */
export interface Family {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  /** Made while they are read: a histogram of thousands of label sets has a hundred thousand of them. */
  readonly samples: Iterable<Sample>;
}

/** Prometheus' text format 0.0.4. */
export const prometheusText = (families: readonly Family[]): string => [...prometheusLines(families)].join('');

/** OpenMetrics 1.0: a counter's family has no `_total`, its samples have, and the last line says that nothing is missing. */
export const openMetricsText = (families: readonly Family[]): string => [...openMetricsLines(families)].join('');

export function* prometheusLines(families: readonly Family[]): Generator<string> {
  for (const family of families) yield* linesOf(family, family.name, family.type);
}

export function* openMetricsLines(families: readonly Family[]): Generator<string> {
  for (const family of families) yield* linesOf(family, familyNameOf(family), openTypeOf(family));
  yield '# EOF\n';
}

const familyNameOf = ({ name, type }: Family): string => (type === 'counter' ? name.replace(/_total$/, '') : name);

const openTypeOf = ({ type }: Family): string => (type === 'untyped' ? 'unknown' : type);

function* linesOf({ name, help, samples }: Family, familyName: string, type: string): Generator<string> {
  yield `# HELP ${familyName} ${escapeHelp(help)}\n# TYPE ${familyName} ${type}\n`;
  for (const { suffix = '', labels, value } of samples)
    yield `${name}${suffix}${labelsText(labels)} ${numberText(value)}\n`;
}

const labelsText = (labels: Labels): string =>
  labels.length === 0 ? '' : `{${labels.map(([name, value]) => `${name}="${escapeLabel(value)}"`).join(',')}}`;

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const escapeLabel = (text: string): string => (/[\\\n"]/.test(text) ? escapeHelp(text).replaceAll('"', '\\"') : text);

const numberText = (value: number): string => {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
};

/** Where the two formats are told apart: by what the scraper accepts. */
export const contentTypes = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const;
