import { CeleriacError, messageOf } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';

export interface SocketPlace {
  /** `Redis`, `RabbitMQ`: who should have answered. */
  readonly product: string;
  /** `host:port` or the path of a socket. */
  readonly address: string;
  readonly host: string;
}

/** What a failed TCP or TLS connection means to a user, or `null` when the error is of another kind. */
export const explainSocketError = (error: unknown, place: SocketPlace): CeleriacError | null => {
  const code = codeOf(error);
  if (code === null) return null;
  const unreachable = unreachablePhrase(code, place);
  if (unreachable) return new CeleriacError('brokerUnreachable', unreachable, { cause: error });
  const tls = tlsPhrase(code, messageOf(error), place);
  return tls ? new CeleriacError('brokerTls', tls, { cause: error }) : null;
};

export const cutPhrase = (product: string, address: string): Phrase => phrase('socket.cut', { product, address });

const unreachablePhrase = (code: string, { product, address, host }: SocketPlace): Phrase | null => {
  switch (code) {
    case 'ENOTFOUND':
      return phrase('socket.noHost', { host });
    case 'EAI_AGAIN':
      return phrase('socket.lookupFailed', { host });
    case 'ECONNREFUSED':
      return phrase('socket.refused', { product, address });
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return phrase('socket.unanswered', { address });
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return cutPhrase(product, address);
    case 'ENOENT':
      return phrase('socket.noSocket', { product, address });
    case 'EACCES':
    case 'EPERM':
      return phrase('socket.noRight', { address });
    default:
      return null;
  }
};

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

const tlsPhrase = (code: string, message: string, { product, address, host }: SocketPlace): Phrase | null => {
  const place = { product, address };
  if (untrusted.has(code)) return phrase('tls.untrusted', place);
  if (code === 'CERT_HAS_EXPIRED') return phrase('tls.expired', place);
  if (code === 'CERT_NOT_YET_VALID') return phrase('tls.notYetValid', place);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return phrase('tls.otherHost', { ...place, host });
  if (
    /certificate.required|handshake.failure|BAD_CERTIFICATE|UNKNOWN_CA|bad certificate|unknown ca/i.test(code + message)
  )
    return phrase('tls.clientRefused', place);
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/i.test(code))
    return phrase('tls.noTls', place);
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT_|UNABLE_TO_)/.test(code)
    ? phrase('tls.failed', { ...place, code })
    : null;
};

const codeOf = (error: unknown): string | null => {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
};
