import type { AmqpHost } from './amqpTarget.ts';
import type { TlsConnection } from './amqpTls.ts';

/** Where a management API is, and who asks. */
export interface ManagementAddress {
  /** Ends with a slash; holds no password. */
  readonly url: URL;
  readonly user: string;
  readonly password: string;
  /** Whether user and password are those of the broker, which only RabbitMQ may see. */
  readonly isLoginOfBroker: boolean;
  /** As for the broker itself; null for plain HTTP. */
  readonly tls: (() => TlsConnection) | null;
}

/**
 * RabbitMQ's own ports (rabbitmq.com/docs/management), unless the connection's `management_url` says where; the broker's
 * user and password, unless that URL holds others. Returns a sentence when it cannot be asked.
 */
export const managementAddress = (host: AmqpHost): ManagementAddress | string => {
  const url = host.managementUrl === null ? ownUrl(host) : parse(host.managementUrl);
  if (url === null)
    return 'management_url is not a URL that begins with http:// or https://. Correct it in the connection.';
  const { username, password } = url;
  if (username === '' && host.loginMethod === 'EXTERNAL') {
    return 'The management API requires a user and a password, but this connection uses a client certificate. Add them to management_url.';
  }
  if (username === '' && host.tls && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'management_url is not encrypted, but the broker connection is: the broker password would be sent in plain text. Use https://, or add a separate user to management_url.';
  }
  const address: ManagementAddress = {
    isLoginOfBroker: username === '',
    url: new URL(`${url.pathname.replace(/\/(api\/?)?$/, '')}/`, url.origin),
    user: username === '' ? host.user : decodeURIComponent(username),
    password: username === '' ? host.password : decodeURIComponent(password),
    tls: url.protocol === 'https:' ? (host.tls ?? trustAsUsual) : null,
  };
  return address;
};

const isLoopback = (name: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(name);

/** Never without encryption where the broker itself is encrypted: the password goes there too. */
const ownUrl = ({ host, tls }: AmqpHost): URL => {
  const name = host.includes(':') ? `[${host}]` : host;
  return new URL(tls ? `https://${name}:15671` : `http://${name}:15672`);
};

const parse = (text: string): URL | null => {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : null;
};

const trustAsUsual = (): TlsConnection => ({ rejectUnauthorized: true });
