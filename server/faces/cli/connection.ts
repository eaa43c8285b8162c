import { CeleriacError } from '../../api/errors.ts';
import type { ConnectionConfig, TlsOptions } from '../../api/model.ts';
import { maskBrokerUrl } from '../../brokers/url.ts';
import type { CommandContext } from './context.ts';
import { defaults } from './defaults.ts';
import type { OptionValues } from './options.ts';
import { withTransportOption } from './transportOption.ts';
import { UsageError } from './usageError.ts';

export const workerLostAfterMs = 20_000;

const noBroker =
  'No broker is configured. Add --broker URL, such as --broker redis://localhost:6379/0, or set CELERY_BROKER_URL.';

/**
 * Where to listen: what was typed wins over the file that was named, and that over the environment. Passwords stay in
 * the result and get nowhere else.
 */
export const readConnection = async ({ options, environment }: CommandContext): Promise<ConnectionConfig> => {
  const file = options.config === undefined ? null : (await import('./configFile.ts')).readConfigFile(options.config);
  const url =
    options.broker ?? file?.url ?? (environment['CELERY_BROKER_URL'] || environment['CELERY_BROKER'] || undefined);
  if (url === undefined) throw new UsageError(noBroker);
  const tls = readTls(options, file?.tls);
  return {
    id: 'cli',
    name: maskBrokerUrl(url),
    url,
    transportOptions: (options['transport-option'] ?? []).reduce(withTransportOption, file?.transportOptions ?? {}),
    ...(tls ? { tls } : {}),
    workerLostAfterMs,
    maxTasks: options['max-tasks'] ?? defaults.maxTasks,
  };
};

/** The certificates that were typed, each in place of that of the file; null where TLS is not named at all. */
export const readTls = (options: OptionValues, file: TlsOptions | undefined): TlsOptions | null => {
  const tls: TlsOptions = {
    ...file,
    ...(options['tls-ca'] === undefined ? {} : { caFile: options['tls-ca'] }),
    ...(options['tls-cert'] === undefined ? {} : { certFile: options['tls-cert'] }),
    ...(options['tls-key'] === undefined ? {} : { keyFile: options['tls-key'] }),
  };
  return file !== undefined || Object.keys(tls).length > 0 ? tls : null;
};

/** Whether the failure lies in what was typed rather than in the world. */
export const isUsage = (error: unknown): boolean =>
  error instanceof UsageError || (error instanceof CeleriacError && error.code === 'badRequest');
