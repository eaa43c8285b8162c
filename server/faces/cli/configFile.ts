import * as v from 'valibot';
import type { TlsOptions } from '../../api/model.ts';
import { NotReadable } from '../../files/notReadable.ts';
import { readBounded } from '../../files/readBounded.ts';
import { didYouMean } from '../../text/nearest.ts';
import { UsageError } from './usageError.ts';

export interface ConfigFile {
  readonly url?: string;
  readonly transportOptions: Readonly<Record<string, unknown>>;
  readonly tls?: TlsOptions;
  readonly resultBackend?: string;
  readonly resultOptions?: Readonly<Record<string, unknown>>;
}

const fileName = v.optional(v.string('must be a file name'));
const requirement = v.optional(v.union([v.string(), v.number()], 'must be "required", "optional" or "none"'));

/** Both ways of writing them: kombu's for AMQP (ssl.wrap_socket) and redis-py's. */
const ssl = v.looseObject({
  ca_certs: fileName,
  ssl_ca_certs: fileName,
  certfile: fileName,
  ssl_certfile: fileName,
  keyfile: fileName,
  ssl_keyfile: fileName,
  cert_reqs: requirement,
  ssl_cert_reqs: requirement,
});

const config = v.looseObject({
  broker_url: v.optional(v.union([v.string(), v.array(v.string())], 'must be a URL or a list of URLs')),
  broker_transport_options: v.optional(v.record(v.string(), v.unknown(), 'must be an object')),
  broker_use_ssl: v.optional(v.union([v.boolean(), ssl], 'must be true, false or an object with the certificates')),
  result_backend: v.nullish(v.string('must be a URL')),
  result_backend_transport_options: v.optional(v.record(v.string(), v.unknown(), 'must be an object')),
});

const understood = Object.keys(config.entries);

/** Reads the part of a Celery configuration that says where the broker and the results are; the rest of it may be there too. */
export const readConfigFile = (file: string): ConfigFile => {
  const decoded = v.safeParse(config, parse(file, read(file)));
  if (!decoded.success) {
    const issue = decoded.issues[0];
    throw new UsageError(`The config file ${file} cannot be used: ${v.getDotPath(issue) ?? 'it'} ${issue.message}.`);
  }
  refuseSlips(file, Object.keys(decoded.output));
  const { broker_url: url, broker_transport_options: transportOptions, broker_use_ssl: useSsl } = decoded.output;
  const tls = readTls(useSsl);
  const { result_backend: resultBackend, result_backend_transport_options: resultOptions } = decoded.output;
  return {
    ...(url === undefined ? {} : { url: typeof url === 'string' ? url : url.join(';') }),
    transportOptions: transportOptions ?? {},
    ...(tls === null ? {} : { tls }),
    ...(resultBackend ? { resultBackend } : {}),
    ...(resultOptions ? { resultOptions } : {}),
  };
};

const largestBytes = 1024 * 1024;

const read = (file: string): string => {
  try {
    return readBounded(file, largestBytes).toString('utf8');
  } catch (error) {
    throw new UsageError(`The config file ${file} cannot be used: ${NotReadable.from(error).reason}.`);
  }
};

/** JSON.parse's own message quotes the text, which may hold a password: it is not shown. */
const parse = (file: string, text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`The config file ${file} cannot be used: it is not JSON.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`The config file ${file} cannot be used: it must contain one JSON object.`);
};

/** Other settings of Celery are none of our business; one that is nearly ours is a slip. */
const refuseSlips = (file: string, names: readonly string[]): void => {
  for (const name of names) {
    if (understood.includes(name) || !/^(broker|celery_broker)/i.test(name)) continue;
    const hint = didYouMean(name.replace(/^celery_/i, ''), understood);
    if (hint !== '' && !celerySettings.includes(name))
      throw new UsageError(`The config file ${file} has a setting "${name}" that Celery does not know.${hint}`);
  }
};

/** Celery's other settings whose names are close to ours (celery/app/defaults.py: NAMESPACES). */
const celerySettings = [
  'broker_channel_error_retry',
  'broker_connection_max_retries',
  'broker_connection_retry',
  'broker_connection_retry_on_startup',
  'broker_connection_timeout',
  'broker_failover_strategy',
  'broker_heartbeat',
  'broker_heartbeat_checkrate',
  'broker_login_method',
  'broker_native_delayed_delivery_queue_type',
  'broker_pool_limit',
  'broker_read_url',
  'broker_write_url',
];

const readTls = (useSsl: v.InferOutput<typeof config>['broker_use_ssl']): TlsOptions | null => {
  if (useSsl === undefined || useSsl === false) return null;
  if (useSsl === true) return {};
  const ca = useSsl.ca_certs ?? useSsl.ssl_ca_certs;
  const cert = useSsl.certfile ?? useSsl.ssl_certfile;
  const key = useSsl.keyfile ?? useSsl.ssl_keyfile;
  const required = useSsl.cert_reqs ?? useSsl.ssl_cert_reqs;
  return {
    ...(ca === undefined ? {} : { caFile: ca }),
    ...(cert === undefined ? {} : { certFile: cert }),
    ...(key === undefined ? {} : { keyFile: key }),
    ...(required === undefined ? {} : { verify: !/^(0|none|cert_none)$/i.test(String(required)) }),
  };
};
