import type { ChangeBatch } from './change.ts';
import type { InspectDocument, InspectMethod, InspectParams } from './inspect.ts';
import type { ClusterSnapshot, ConnectionConfig } from './model.ts';

/** One request: its name on the wire, its parameters and its result (types only). */
export interface Request<P, R> {
  readonly method: string;
  readonly types?: { readonly params: P; readonly result: R };
}

export interface Notification<P> {
  readonly method: string;
  readonly types?: { readonly params: P };
}

const request = <P, R>(method: string): Request<P, R> => ({ method });
const notification = <P>(method: string): Notification<P> => ({ method });

export const apiVersion = 1;

export interface Handshake {
  readonly apiVersion: number;
  readonly pid: number;
  readonly nodeVersion: string;
}

export interface ClusterParams {
  readonly clusterId: string;
}

export interface OpenClusterParams {
  readonly connection: ConnectionConfig;
  /** Where what happens is kept beyond the backend's life; null: nowhere. */
  readonly historyFolder: string | null;
}

/** Everything the extension may ask of the backend. The backend has a handler for each, or it does not compile. */
export const requests = {
  handshake: request<{ readonly apiVersion: number }, Handshake>('celeriac/handshake'),
  openCluster: request<OpenClusterParams, ClusterSnapshot>('celeriac/clusters/open'),
  closeCluster: request<ClusterParams, null>('celeriac/clusters/close'),
  /** Has the workers speak up; while the link is down, tries again at once. */
  refreshCluster: request<ClusterParams, null>('celeriac/clusters/refresh'),
  inspectMethods: request<Record<string, never>, readonly InspectMethod[]>('celeriac/inspect/methods'),
  /** Asks workers, and returns as soon as all have answered. */
  inspect: request<InspectParams, InspectDocument>('celeriac/inspect'),
  snapshot: request<ClusterParams, ClusterSnapshot>('celeriac/clusters/snapshot'),
} as const;

/** Everything the backend tells unasked. */
export const notifications = {
  changes: notification<ChangeBatch>('celeriac/changes'),
} as const;

export type ParamsOf<T> = T extends Request<infer P, unknown> ? P : T extends Notification<infer P> ? P : never;
type ResultOf<T> = T extends Request<infer _P, infer R> ? R : never;

/** A handler for every request of the table. */
export type RequestHandlers = {
  readonly [K in keyof typeof requests]: (
    params: ParamsOf<(typeof requests)[K]>,
  ) => Promise<ResultOf<(typeof requests)[K]>>;
};
