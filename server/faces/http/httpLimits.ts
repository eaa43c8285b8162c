/** How much of the server its clients may hold, and for how long. */
export interface HttpLimits {
  /** Connections of all clients. */
  readonly connections: number;
  /** Connections beyond these, on which probes alone are answered. */
  readonly reservedConnections: number;
  /** Connections of one address; a named proxy speaks for many and may hold all. */
  readonly connectionsPerPeer: number;
  /** Requests that one connection may send before it has read the answers. */
  readonly requestsPerConnection: number;
  readonly headersWithinMs: number;
  readonly requestWithinMs: number;
  /** How long a handler may take. */
  readonly answerWithinMs: number;
  /** How long a connection stays open between two requests. */
  readonly idleMs: number;
  /** How long a client may take to close after it was told to, or to send what is left of a refused body. */
  readonly closingWithinMs: number;
  /** How long a client may read nothing of an answer. */
  readonly unreadMs: number;
  /** How long a client may take to read an answer. */
  readonly readWithinMs: number;
  /** Bytes of answers that wait for their clients, in all. */
  readonly unreadBytes: number;
  readonly checkEveryMs: number;
}

export const httpLimits: HttpLimits = {
  connections: 512,
  reservedConnections: 32,
  connectionsPerPeer: 384,
  requestsPerConnection: 32,
  headersWithinMs: 5_000,
  requestWithinMs: 10_000,
  answerWithinMs: 15_000,
  idleMs: 15_000,
  closingWithinMs: 2_000,
  unreadMs: 30_000,
  readWithinMs: 120_000,
  unreadBytes: 64 * 1024 * 1024,
  checkEveryMs: 1_000,
};
