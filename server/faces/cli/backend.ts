import type { ConnectionConfig } from '../../api/model.ts';
import type { ResultReaderOptions } from '../../results/createResultReader.ts';
import { readConnection, readTls } from './connection.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './usageError.ts';

const noBackend =
  'No result backend is configured. Add --backend URL, such as --backend redis://localhost:6379/1, or set CELERY_RESULT_BACKEND.';

/**
 * Where results are: what was typed wins over the file that was named, that over the environment, and that over the
 * broker, which serves where it is Redis. Relative paths start where the command was typed.
 */
export const readBackend = async (context: CommandContext): Promise<ResultReaderOptions> => {
  const { options, environment } = context;
  const file = options.config === undefined ? null : (await import('./configFile.ts')).readConfigFile(options.config);
  const broker = await readConnection(context).catch(whereNoneIsNamed);
  const named = options.backend ?? file?.resultBackend ?? (environment['CELERY_RESULT_BACKEND'] || undefined);
  const url = named ?? (broker !== null && isRedis.test(broker.url) ? broker.url : undefined);
  if (url === undefined) throw new UsageError(noBackend);
  const tls = readTls(options, file?.tls);
  return {
    url,
    transportOptions: { ...sentinelOptions(broker), ...file?.resultOptions },
    folder: process.cwd(),
    ...(tls && isRedis.test(url) ? { tls } : {}),
  };
};

const isRedis = /^(rediss?|redis\+socket|sentinel):/i;

const whereNoneIsNamed = (error: unknown): null => {
  if (error instanceof UsageError) return null;
  throw error;
};

/** The name of the server behind the sentinels is the same for both; prefixes of keys are not. */
const sentinelOptions = (broker: ConnectionConfig | null): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(broker?.transportOptions ?? {}).filter(([name]) =>
      ['master_name', 'sentinel_kwargs'].includes(name),
    ),
  );
