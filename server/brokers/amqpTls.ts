import type { TlsOptions } from '../api/model.ts';
import { readPem } from './readPem.ts';
import type { BrokerUrl } from './url.ts';

/** What Node's tls.connect is told. */
export interface TlsConnection {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly passphrase?: string;
  readonly servername?: string;
  readonly checkServerIdentity?: () => undefined;
  readonly rejectUnauthorized: boolean;
}

interface TlsSettings {
  readonly caFile: string | null;
  readonly certFile: string | null;
  readonly keyFile: string | null;
  readonly passphrase: string | null;
  readonly serverName: string | null;
  readonly verify: boolean;
  readonly checkHost: boolean;
}

/**
 * TLS settings from the URL's query, in kombu's names (`ssl_ca_certs`) or those of RabbitMQ's own URIs (`cacertfile`),
 * and from Celery's `broker_use_ssl`, which wins. `null` when the connection is not encrypted.
 */
export const readAmqpTls = (url: BrokerUrl, tls: TlsOptions | undefined): (() => TlsConnection) | null => {
  if (url.scheme.toLowerCase() !== 'amqps' && !tls && !asksForTls(url)) return null;
  const first = (...names: readonly string[]): string | null =>
    names.map((name) => url.query[name]).find((value) => value !== undefined && value !== '') ?? null;
  const settings: TlsSettings = {
    caFile: tls?.caFile ?? first('ssl_ca_certs', 'cacertfile'),
    certFile: tls?.certFile ?? first('ssl_certfile', 'certfile'),
    keyFile: tls?.keyFile ?? first('ssl_keyfile', 'keyfile'),
    passphrase: first('ssl_password', 'password'),
    serverName: first('ssl_server_hostname', 'server_name_indication'),
    verify: tls?.verify ?? !/none$|^false$|^0$/i.test(first('ssl_cert_reqs', 'verify') ?? 'required'),
    checkHost: !/^(false|0)$/i.test(first('ssl_check_hostname') ?? 'true'),
  };
  return () => connectionOptions(settings);
};

const asksForTls = ({ query }: BrokerUrl): boolean =>
  /^(true|1)$/i.test(query['ssl'] ?? '') || Object.keys(query).some((name) => name.startsWith('ssl_'));

const connectionOptions = (settings: TlsSettings): TlsConnection => ({
  ...(settings.caFile === null ? {} : { ca: readPem(settings.caFile) }),
  ...(settings.certFile === null ? {} : { cert: readPem(settings.certFile) }),
  // A certificate file may hold its key too.
  ...(settings.certFile === null ? {} : { key: readPem(settings.keyFile ?? settings.certFile) }),
  ...(settings.passphrase === null ? {} : { passphrase: settings.passphrase }),
  ...(settings.serverName === null ? {} : { servername: settings.serverName }),
  ...(settings.checkHost ? {} : { checkServerIdentity: () => undefined }),
  rejectUnauthorized: settings.verify,
});
