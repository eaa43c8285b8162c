import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { CeleriacError } from '../../../server/api/errors.ts';

const debugpyMapping = v.object({ localRoot: v.string(), remoteRoot: v.string() });

const attachment = v.object({
  host: v.optional(v.string(), '127.0.0.1'),
  port: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
    v.integer(),
    v.minValue(1),
    v.maxValue(65_535),
  ),
  searchPorts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000)), 0),
  pathMappings: v.optional(v.union([v.record(v.string(), v.string()), v.array(debugpyMapping)]), {}),
});

export interface Attachment {
  readonly host: string;
  readonly port: number;
  /** How many ports from there on are tried, until a task answers; 0: only that one. */
  readonly searchPorts: number;
  /** Folders on the worker's machine, and which folder here each one is. */
  readonly pathMappings: Readonly<Record<string, string>>;
}

/** A launch configuration. Path mappings may also be written as debugpy has them. */
export const readAttachment = (given: unknown): Attachment => {
  const read = v.safeParse(attachment, given);
  if (!read.success)
    throw new CeleriacError('badRequest', t('To attach, "port" must be a number from 1 to 65535, and "host" a name.'));
  const { pathMappings, ...place } = read.output;
  return { ...place, pathMappings: Array.isArray(pathMappings) ? asRecord(pathMappings) : pathMappings };
};

const asRecord = (pairs: readonly v.InferOutput<typeof debugpyMapping>[]): Record<string, string> =>
  Object.fromEntries(pairs.map(({ localRoot, remoteRoot }) => [remoteRoot, localRoot]));
