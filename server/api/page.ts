import type { Change } from './change.ts';
import type { ErrorData } from './errors.ts';
import type { requests } from './requests.ts';

/** What a page shows: it is all that a page needs to open, and what is kept of it over a reload. */
export type PageAddress =
  /** `taskName`: filtered to this task to begin with. */
  | { readonly kind: 'dashboard'; readonly clusterId: string; readonly taskName?: string }
  | { readonly kind: 'task'; readonly clusterId: string; readonly taskId: string }
  /** The tasks of the workspace's code; without a connection, `clusterId` is empty. */
  | { readonly kind: 'graph'; readonly clusterId: string };

/** What a page may ask of the backend. All of it only reads; what changes a cluster is a command, which asks first. */
export const pageRequests = [
  'snapshot',
  'taskDetail',
  'taskWindow',
  'stats',
  'dashboard',
  'names',
] as const satisfies readonly (keyof typeof requests)[];

export type PageRequest = (typeof pageRequests)[number];

/** What only a page in an editor may ask: of the code of its workspace, which the host adds. */
export const codePageRequests = ['codeGraph'] as const satisfies readonly (keyof typeof requests)[];

export type CodePageRequest = (typeof codePageRequests)[number];

/** From a page to its host. */
export type PageMessage =
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly name: PageRequest | CodePageRequest;
      readonly params: unknown;
    }
  /** Runs a command of the extension, with its one way of confirming and of showing errors. */
  | { readonly kind: 'act'; readonly id: number; readonly command: string; readonly args: readonly unknown[] };

/** From the host to a page. */
export type HostMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: ErrorData }
  | ({ readonly kind: 'changed' } & PageChange);

/** That something changed, not what: a page asks for what it shows. */
export interface PageChange {
  readonly clusterId: string;
  /** Null: everything. */
  readonly kinds: readonly Change['kind'][] | null;
}
