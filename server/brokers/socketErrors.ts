import { CeleriacError, messageOf } from '../api/errors.ts';

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
  const unreachable = unreachableSentence(code, place);
  if (unreachable) return new CeleriacError('brokerUnreachable', unreachable, { cause: error });
  const tls = tlsSentence(code, messageOf(error), place);
  return tls ? new CeleriacError('brokerTls', tls, { cause: error }) : null;
};

export const cutSentence = (product: string, address: string): string =>
  `The connection to ${product} at ${address} was cut. Look whether the server is running and in its log.`;

const unreachableSentence = (code: string, { product, address, host }: SocketPlace): string | null => {
  switch (code) {
    case 'ENOTFOUND':
      return `There is no host named ${host}. Correct the host in the broker URL, or connect to the network that knows it.`;
    case 'EAI_AGAIN':
      return `The name ${host} could not be looked up just now. Check the network or the name server.`;
    case 'ECONNREFUSED':
      return `Connection refused at ${address}. Is ${product} running there?`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return `${address} did not answer. Check the host, the port, and whether a firewall or VPN stands between.`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return cutSentence(product, address);
    case 'ENOENT':
      return `There is no socket at ${address}. Start ${product}, or correct the path in the broker URL.`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not open the socket ${address}. Give it read and write permission.`;
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

const tlsSentence = (code: string, message: string, { product, address, host }: SocketPlace): string | null => {
  if (untrusted.has(code)) {
    return `The certificate of ${product} at ${address} is signed by nobody this machine trusts. Name the CA's file in the connection.`;
  }
  if (code === 'CERT_HAS_EXPIRED')
    return `The certificate of ${product} at ${address} has expired. Renew it on the server.`;
  if (code === 'CERT_NOT_YET_VALID')
    return `The certificate of ${product} at ${address} is not valid yet. Check both clocks.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of ${product} at ${address} is not made out to ${host}. Use a host name that it lists.`;
  }
  if (
    /certificate.required|handshake.failure|BAD_CERTIFICATE|UNKNOWN_CA|bad certificate|unknown ca/i.test(code + message)
  ) {
    return `${product} at ${address} did not accept our certificate. Name a client certificate and its key that it trusts.`;
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS/i.test(code)) {
    return `${product} at ${address} does not speak TLS there. Use its TLS port, or a URL without TLS.`;
  }
  if (/^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT_|UNABLE_TO_)/.test(code)) {
    return `The TLS handshake with ${product} at ${address} failed (${code}). Check the certificates on both sides.`;
  }
  return null;
};

const codeOf = (error: unknown): string | null => {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
};
