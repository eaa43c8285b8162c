import type { RdbPlace } from '../rdb/rdbPlace.ts';

/** A task that stopped in rdb, and hangs until somebody comes. */
export interface WaitingSession {
  /** Another one for each stop, also at the same place. */
  readonly id: string;
  readonly place: RdbPlace;
  /** The process it stands in and the one above it, where this machine knows them. */
  readonly process: { readonly pid: number; readonly parentPid: number } | null;
  /** Since when we know of it. */
  readonly since: number;
}

export const placeName = ({ host, port }: RdbPlace): string => `${host}:${port}`;
