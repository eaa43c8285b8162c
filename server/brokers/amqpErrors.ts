import { CeleriacError, messageOf } from '../api/errors.ts';
import type { AmqpHost } from './amqpTarget.ts';
import { explainSocketError } from './socketErrors.ts';

/** What a failed connection to RabbitMQ means to a user. Never quotes the password. */
export const explainConnectError = (error: unknown, host: AmqpHost): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const message = messageOf(error);
  const greeting = explainGreeting(message, host, error);
  if (greeting) return greeting;
  const place = { product: 'RabbitMQ', address: host.address, host: expectedName(error, host), tls: host.tls !== null };
  return (
    explainSocketError(error, place) ?? new CeleriacError('brokerProtocol', foreign(host, message), { cause: error })
  );
};

/** The name that was looked for in the certificate, which the connection may set apart from the host it goes to. */
const expectedName = (error: unknown, { host, tls }: AmqpHost): string =>
  error instanceof Error && 'code' in error && error.code === 'ERR_TLS_CERT_ALTNAME_INVALID'
    ? (tls?.().servername ?? host)
    : host;

/** Why a session that stood has ended. */
export const explainEnd = (error: unknown, host: AmqpHost): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const message = messageOf(error);
  const said = replyText(message);
  const sentence =
    said === null
      ? `The connection to RabbitMQ at ${host.address} was cut${message === '' ? '' : ` (${firstLine(message)})`}. Look whether the server is running and in its log.`
      : `RabbitMQ at ${host.address} closed the connection: ${said}. Look in its log for the reason.`;
  return new CeleriacError('brokerUnreachable', sentence, { cause: error });
};

export const silenceError = (host: AmqpHost, seconds: number): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    `RabbitMQ at ${host.address} has been silent for ${seconds} s, though it should send a heartbeat every 3 s. Check the network and the server.`,
  );

export const noAnswerError = (host: AmqpHost): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    `${host.address} did not answer within ${host.connectTimeoutMs / 1000} s. Check the host and the port, and whether RabbitMQ there is overloaded or a firewall stands between.`,
  );

export const cancelledError = (host: AmqpHost): CeleriacError =>
  new CeleriacError('cancelled', `Connecting to RabbitMQ at ${host.address} was cancelled.`);

/** RabbitMQ's answer to connection.open, when it is not "yes" (rabbit_reader.erl: check_vhost_exists, is_over_limit). */
export const explainVhostRefusal = (host: AmqpHost, replyText: string | null): CeleriacError => {
  const { vhost, user, address } = host;
  if (replyText !== null && /limit|is down/.test(replyText)) {
    return new CeleriacError(
      'brokerUnreachable',
      `RabbitMQ at ${address} did not open the virtual host "${vhost}": ${replyText}. Ask its administrator.`,
    );
  }
  if (replyText !== null && /refused for user/.test(replyText)) {
    return new CeleriacError(
      'brokerPermission',
      `The user "${user}" has no permissions in the virtual host "${vhost}" of RabbitMQ at ${address}. Grant them with: rabbitmqctl set_permissions -p ${quote(vhost)} ${quote(user)} <configure> <write> <read>.`,
    );
  }
  return new CeleriacError(
    'brokerMissing',
    replyText === null
      ? `RabbitMQ at ${address} did not open the virtual host "${vhost}" for the user "${user}". Check that it exists (rabbitmqctl list_vhosts) and that the user may use it.`
      : `RabbitMQ at ${address} has no virtual host "${vhost}". Correct the path of the broker URL, or create it with: rabbitmqctl add_vhost ${quote(vhost)}.`,
  );
};

/** amqplib tells of a refused vhost by this, without the server's words. */
export const isVhostRefusal = (error: unknown): boolean =>
  messageOf(error).startsWith('Expected ConnectionOpenOk; got <ConnectionClose');

const explainGreeting = (message: string, host: AmqpHost, cause: unknown): CeleriacError | null => {
  if (/ACCESS.REFUSED/.test(message)) return new CeleriacError('brokerAuth', loginRefused(host), { cause });
  if (message.startsWith('SASL mechanism')) {
    return new CeleriacError(
      'brokerAuth',
      `RabbitMQ at ${host.address} does not offer the login method ${host.loginMethod}. Enable it there, or choose another with login_method.`,
      { cause },
    );
  }
  if (/^Socket closed abruptly|^read ECONNRESET/.test(message)) {
    return new CeleriacError('brokerUnreachable', hungUp(host), { cause });
  }
  const said = replyText(message);
  return said === null
    ? null
    : new CeleriacError('brokerProtocol', `RabbitMQ at ${host.address} refused the connection: ${said}.`, { cause });
};

const loginRefused = ({ address, user, loginMethod }: AmqpHost): string => {
  if (loginMethod === 'EXTERNAL') {
    return `RabbitMQ at ${address} knows no user for our client certificate. Create a user named as the certificate's subject, or put a user into the broker URL.`;
  }
  const only = user === 'guest' ? ' ("guest" may log in only from the server itself)' : '';
  return `RabbitMQ at ${address} refused the user "${user}" or the password${only}. Correct them in the connection.`;
};

const hungUp = ({ address, port, tls }: AmqpHost): string => {
  const hint = tls ? 'amqps:// usually goes to port 5671' : 'amqp:// usually goes to port 5672, TLS (amqps://) to 5671';
  const web = port === 15672 ? '15672 is its web page; ' : '';
  return `${address} took the connection and closed it without a greeting. Check the port (${web}${hint}), or wait if RabbitMQ is just starting.`;
};

const foreign = ({ address }: AmqpHost, message: string): string =>
  `What answers at ${address} does not speak AMQP 0-9-1 (${firstLine(message)}). Point the broker URL at RabbitMQ's AMQP port.`;

/** The server's own words within amqplib's (amqplib/lib/format.js: closeMessage). */
export const replyText = (message: string): string | null => {
  const from = message.indexOf(beforeReply) + beforeReply.length;
  return from < beforeReply.length || from >= message.length || !message.endsWith('"') ? null : message.slice(from, -1);
};

const beforeReply = 'with message "';

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 200);

const quote = (text: string): string => (/^[\w./@-]+$/.test(text) ? text : `'${text}'`);
