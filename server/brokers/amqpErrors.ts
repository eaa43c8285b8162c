import { CeleriacError, messageOf } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { AmqpHost } from './amqpTarget.ts';
import { cutPhrase, explainSocketError } from './socketErrors.ts';

/** What a failed connection to RabbitMQ means to a user. Never quotes the password. */
export const explainConnectError = (error: unknown, host: AmqpHost): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const message = messageOf(error);
  const greeting = explainGreeting(message, host, error);
  if (greeting) return greeting;
  const place = { product: 'RabbitMQ', address: host.address, host: expectedName(error, host), tls: host.tls !== null };
  return (
    explainSocketError(error, place) ??
    new CeleriacError('brokerProtocol', phrase('amqp.notAmqp', { address: host.address, reason: firstLine(message) }), {
      cause: error,
    })
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
  const { address } = host;
  const reported = replyText(message);
  if (reported !== null)
    return new CeleriacError('brokerUnreachable', phrase('amqp.closed', { address, reason: reported }), {
      cause: error,
    });
  const what =
    message === '' ? cutPhrase('RabbitMQ', address) : phrase('amqp.cut', { address, reason: firstLine(message) });
  return new CeleriacError('brokerUnreachable', what, { cause: error });
};

export const silenceError = (host: AmqpHost, seconds: number): CeleriacError =>
  new CeleriacError('brokerUnreachable', phrase('amqp.silent', { address: host.address, silence: seconds }));

export const noAnswerError = (host: AmqpHost): CeleriacError =>
  new CeleriacError(
    'brokerUnreachable',
    phrase('amqp.unanswered', { address: host.address, waited: host.connectTimeoutMs / 1000 }),
  );

export const cancelledError = (host: AmqpHost): CeleriacError =>
  new CeleriacError('cancelled', phrase('amqp.cancelled', { address: host.address }));

/** RabbitMQ's answer to connection.open, when it is not "yes" (rabbit_reader.erl: check_vhost_exists, is_over_limit). */
export const explainVhostRefusal = (host: AmqpHost, replyText: string | null): CeleriacError => {
  const { vhost, user, address } = host;
  if (replyText !== null && /limit|is down/.test(replyText)) {
    return new CeleriacError('brokerUnreachable', phrase('amqp.vhostRefused', { address, vhost, reason: replyText }));
  }
  if (replyText !== null && /refused for user/.test(replyText)) {
    return new CeleriacError(
      'brokerPermission',
      phrase('amqp.vhostNoRight', { user, vhost, address, quotedVhost: quote(vhost), quotedUser: quote(user) }),
    );
  }
  return new CeleriacError(
    'brokerMissing',
    replyText === null
      ? phrase('amqp.vhostDenied', { address, vhost, user })
      : phrase('amqp.noVhost', { address, vhost, quotedVhost: quote(vhost) }),
  );
};

/** amqplib reports a refused vhost with this, without the server's words. */
export const isVhostRefusal = (error: unknown): boolean =>
  messageOf(error).startsWith('Expected ConnectionOpenOk; got <ConnectionClose');

const explainGreeting = (message: string, host: AmqpHost, cause: unknown): CeleriacError | null => {
  if (/ACCESS.REFUSED/.test(message)) return new CeleriacError('brokerAuth', loginRefused(host), { cause });
  if (message.startsWith('SASL mechanism')) {
    return new CeleriacError(
      'brokerAuth',
      phrase('amqp.noLoginMethod', { address: host.address, loginMethod: host.loginMethod }),
      { cause },
    );
  }
  if (/^Socket closed abruptly|^read ECONNRESET/.test(message)) {
    return new CeleriacError('brokerUnreachable', hungUp(host), { cause });
  }
  const said = replyText(message);
  return said === null
    ? null
    : new CeleriacError('brokerProtocol', phrase('amqp.refused', { address: host.address, reason: said }), { cause });
};

const loginRefused = ({ address, user, loginMethod }: AmqpHost): Phrase => {
  if (loginMethod === 'EXTERNAL') return phrase('amqp.noCertificateUser', { address });
  return user === 'guest' ? phrase('amqp.guest', { address }) : phrase('amqp.wrongPassword', { address, user });
};

const hungUp = ({ address, port, tls }: AmqpHost): Phrase => {
  if (port === 15672) return phrase('amqp.hungUpWeb', { address });
  return phrase(tls ? 'amqp.hungUpTls' : 'amqp.hungUp', { address });
};

/** The server's own words within amqplib's (amqplib/lib/format.js: closeMessage). */
export const replyText = (message: string): string | null => {
  const from = message.indexOf(beforeReply) + beforeReply.length;
  return from < beforeReply.length || from >= message.length || !message.endsWith('"') ? null : message.slice(from, -1);
};

const beforeReply = 'with message "';

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 200);

const quote = (text: string): string => (/^[\w./@-]+$/.test(text) ? text : `'${text}'`);
