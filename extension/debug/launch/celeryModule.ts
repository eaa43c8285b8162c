import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { CeleriacError } from '../../../server/api/errors.ts';

/** What a launch configuration of the type `celery` says beyond what debugpy takes itself. */
const celeryLaunch = v.looseObject({
  app: v.pipe(v.string(), v.minLength(1)),
  command: v.optional(v.picklist(['worker', 'beat']), 'worker'),
  pool: v.optional(v.picklist(['solo', 'prefork', 'threads']), 'solo'),
  concurrency: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  queues: v.optional(v.array(v.string()), []),
  workerName: v.optional(v.string()),
  logLevel: v.optional(v.string(), 'INFO'),
  args: v.optional(v.array(v.string()), []),
});

type CeleryLaunch = v.InferOutput<typeof celeryLaunch>;

/** `-m celery …` as debugpy starts it. A configuration that names no app is debugpy's own, and stays as it is. */
export const celeryModule = (
  given: Readonly<Record<string, unknown>>,
): { readonly module: string; readonly args: readonly string[] } | null => {
  if (given['app'] === undefined || given['module'] !== undefined || given['program'] !== undefined) return null;
  const read = v.safeParse(celeryLaunch, given);
  if (read.success) return { module: 'celery', args: celeryArguments(read.output) };
  const [issue] = read.issues;
  const name = issue.path?.map((each) => String(each.key)).join('.') ?? 'app';
  throw new CeleriacError('badRequest', t('The launch configuration is wrong: "{0}". {1}', name, issue.message));
};

const celeryArguments = (launch: CeleryLaunch): readonly string[] => {
  const head = ['-A', launch.app, launch.command, `--loglevel=${launch.logLevel}`];
  return launch.command === 'beat' ? [...head, ...launch.args] : [...head, ...workerArguments(launch)];
};

/**
 * Of what waits, a debugged worker takes as little as it can: on Redis what it holds when it is killed comes back only
 * after the visibility timeout.
 */
const workerArguments = ({ pool, concurrency, queues, workerName, args }: CeleryLaunch): readonly string[] => [
  `--pool=${pool}`,
  ...(pool === 'solo' ? [] : [`--concurrency=${concurrency ?? 2}`]),
  `--hostname=${workerName ?? 'debug@%h'}`,
  '--prefetch-multiplier=1',
  '--task-events',
  ...(queues.length > 0 ? [`--queues=${queues.join(',')}`] : []),
  ...args,
];
