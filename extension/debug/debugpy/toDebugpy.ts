import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { CeleriacError } from '../../../server/api/errors.ts';
import { asPairs, pathPairs } from '../../python/pathPairs.ts';
import { celeryModule } from '../launch/celeryModule.ts';
import { targetField } from '../safety/sessionTarget.ts';

/** A launch configuration of the type `celery`: debugpy's, and a few words of our own. */
export interface CeleryConfiguration {
  readonly type: string;
  readonly name: string;
  readonly request: string;
  readonly [key: string]: unknown;
}

export interface Surroundings {
  /** Of the settings: folders on the workers' machines, and which folder here each one is. */
  readonly pathMappings: Readonly<Record<string, string>>;
  /** Whether the extension of debugpy is there to take over. */
  readonly hasDebugpy: boolean;
}

/** As debugpy takes it; with its own extension at hand, as that one's. */
export const toDebugpy = (
  given: CeleryConfiguration,
  { pathMappings, hasDebugpy }: Surroundings,
): CeleryConfiguration => {
  const isLaunch = given.request === 'launch';
  const isPart = given['subProcessId'] !== undefined;
  const whole = isLaunch ? debugpyLaunch(given) : attachConfiguration(given);
  // What is started here runs the files of this machine, whatever the settings say of others; a subprocess inherits.
  const pairs = pathPairs(given['pathMappings'], isLaunch || isPart ? {} : pathMappings);
  return {
    ...whole,
    type: hasDebugpy ? 'debugpy' : given.type,
    ...(pairs.length > 0 ? { pathMappings: asPairs(pairs) } : {}),
  };
};

/**
 * A worker often has the project installed: what lies in site-packages can be stopped in as well. Which task it is about may
 * not be known, but that it is about a worker is: see leaveRunning.ts.
 */
const attachConfiguration = ({ host, port, ...given }: CeleryConfiguration): CeleryConfiguration => ({
  justMyCode: false,
  subProcess: false,
  [targetField]: null,
  ...given,
  ...(given['connect'] === undefined && port !== undefined
    ? { connect: { host: host ?? '127.0.0.1', port: Number(port) } }
    : {}),
});

/** Where the debug adapter is. */
export type AdapterPlace =
  | { readonly kind: 'listening'; readonly host: string; readonly port: number }
  /** `python -m debugpy.adapter`, of this interpreter, where one is named. */
  | { readonly kind: 'started'; readonly python: readonly string[] };

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const connected = v.object({ connect: v.object({ host: v.optional(v.string(), '127.0.0.1'), port }) });
const interpreter = v.union([
  v.pipe(
    v.string(),
    v.transform((path) => [path]),
  ),
  v.array(v.string()),
]);
const started = v.object({ python: v.optional(interpreter, []) });

/** A worker that listens brings its adapter; to start a process, or to reach into one, an adapter is started here. */
export const adapterPlace = (given: CeleryConfiguration): AdapterPlace => {
  if (given.request === 'attach' && given['connect'] !== undefined) {
    const read = v.safeParse(connected, given);
    if (read.success) return { kind: 'listening', ...read.output.connect };
    throw new CeleriacError('badRequest', t('To attach, "connect" must name a "port" from 1 to 65535, and a "host".'));
  }
  const read = v.safeParse(started, given);
  return { kind: 'started', python: read.success ? read.output.python : [] };
};

/** Whether it says what to attach to. */
export const isComplete = (given: CeleryConfiguration): boolean =>
  given.request !== 'attach' || ['connect', 'port', 'processId', 'listen'].some((name) => given[name] !== undefined);

/**
 * What debugpy is to start: a worker or beat of an app that is named; whatever debugpy takes itself is passed on as it is.
 * Of a worker that is started here, one's own code is meant.
 */
const debugpyLaunch = (given: CeleryConfiguration): CeleryConfiguration => {
  const celery = celeryModule(given);
  return { justMyCode: celery !== null, subProcess: true, ...given, ...celery };
};
