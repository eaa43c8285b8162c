import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { readAmqpTls, type TlsConnection } from './amqpTls.ts';
import { type BrokerUrl, parseBrokerUrl, splitBrokerUrls } from './url.ts';

type LoginMethod = 'PLAIN' | 'AMQPLAIN' | 'EXTERNAL';

/** One server to try, and how to log in there. */
export interface AmqpHost {
  readonly host: string;
  readonly port: number;
  /** `host:port`, for people. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly vhost: string;
  readonly loginMethod: LoginMethod;
  /** How to encrypt, `null` for not at all. Reads the files anew, so that a renewed certificate counts. */
  readonly tls: (() => TlsConnection) | null;
  readonly connectTimeoutMs: number;
  /** Where the management API is, if the connection says so: `management_url` among its transport options. */
  readonly managementUrl: string | null;
}

const longestConnectMs = 10_000;

/** Reads a connection's URL as kombu does: several hosts are tried in turn (kombu/connection.py: Connection). */
export const readAmqpHosts = (config: ConnectionConfig): readonly AmqpHost[] => {
  const parts = splitBrokerUrls(config.url);
  const first = parts[0];
  if (first === undefined) throw new CeleriacError('badRequest', phrase('connect.noUrl'));
  const initial = parseBrokerUrl(first);
  return parts.map((part) => readHost(part.includes('://') ? parseBrokerUrl(part) : inherit(part, initial), config));
};

/** An alternative without a scheme takes everything but its host from the first (kombu/connection.py: switch). */
const inherit = (part: string, initial: BrokerUrl): BrokerUrl => {
  const { host, port } = parseBrokerUrl(`${initial.scheme}://${part}`);
  return { ...initial, host, port: port ?? initial.port };
};

/** The defaults are those of kombu/transport/pyamqp.py: Transport.default_connection_params. */
const readHost = (url: BrokerUrl, config: ConnectionConfig): AmqpHost => {
  const tls = readAmqpTls(url, config.tls);
  const host = url.host ?? '127.0.0.1';
  const port = url.port ?? (tls ? 5671 : 5672);
  return {
    host,
    port,
    address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    user: url.user ?? 'guest',
    password: url.password ?? 'guest',
    vhost: url.path ?? '/',
    loginMethod: readLoginMethod(url, config),
    tls,
    connectTimeoutMs: readTimeoutMs(url, config),
    managementUrl: readManagementUrl(config),
  };
};

/** Without a user, a client certificate is the login, as in py-amqp. */
const readLoginMethod = (url: BrokerUrl, config: ConnectionConfig): LoginMethod => {
  const asked = url.query['login_method'] ?? url.query['auth_mechanism'] ?? config.transportOptions['login_method'];
  if (asked === undefined || asked === null || asked === '') {
    return url.user === null && hasCertificate(url, config) ? 'EXTERNAL' : 'PLAIN';
  }
  const method = String(asked).toUpperCase();
  if (method === 'PLAIN' || method === 'AMQPLAIN' || method === 'EXTERNAL') return method;
  throw new CeleriacError('unsupported', phrase('amqp.badLoginMethod', { loginMethod: String(asked) }));
};

const hasCertificate = (url: BrokerUrl, config: ConnectionConfig): boolean =>
  Boolean(config.tls?.certFile ?? url.query['ssl_certfile'] ?? url.query['certfile']);

const readManagementUrl = ({ transportOptions }: ConnectionConfig): string | null => {
  const asked = transportOptions['management_url'];
  return typeof asked === 'string' && asked !== '' ? asked : null;
};

/** In seconds, as Celery's `broker_connection_timeout`. Never longer than ours, or a silent server would hold us up. */
const readTimeoutMs = (url: BrokerUrl, config: ConnectionConfig): number => {
  const asked = Number(url.query['connect_timeout'] ?? config.transportOptions['connect_timeout'] ?? 0);
  return asked > 0 ? Math.min(asked * 1000, longestConnectMs) : longestConnectMs;
};
