/** How much those who read streams may hold of the server. */
export interface StreamLimits {
  readonly readers: number;
  /** Readers behind one address. */
  readonly readersPerPeer: number;
  /** Bytes that wait for all of them; who leaves more than its share misses events. */
  readonly unreadBytes: number;
}

export const streamLimits: StreamLimits = {
  readers: 64,
  readersPerPeer: 16,
  unreadBytes: 64 * 1024 * 1024,
};
