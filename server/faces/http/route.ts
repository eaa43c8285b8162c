import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerName } from '../../api/answerBodies.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { TaskDesk } from '../../cluster/taskDesk.ts';
import type { Answer } from './answer.ts';
import type { ChangeFan } from './changeFan.ts';
import type { Asker, Door } from './door.ts';
import type { EventFan } from './eventFan.ts';
import type { Metrics } from './metrics.ts';
import type { Pace } from './paces.ts';
import type { PageAsker } from './pageAsker.ts';

/** One value that a request may carry in its path or its query. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  /** `time`: milliseconds since 1970, or ISO 8601 with its offset. */
  readonly kind: 'text' | 'texts' | 'integer' | 'time';
  readonly what: string;
  readonly isRequired?: true;
  readonly choices?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

export interface BodyField {
  readonly name: string;
  readonly kind: 'text' | 'texts' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly what: string;
  readonly isRequired?: true;
}

/** `body`: JSON of that schema; `type`: text of that content type. */
export type Described =
  | { readonly what: string; readonly body: AnswerName }
  | { readonly what: string; readonly type: string };

/** What every handler works on. */
export interface Served {
  readonly cluster: Cluster;
  /** Tasks as people may see them: what looks like a secret is covered. */
  readonly tasks: TaskDesk;
  readonly door: Door;
  readonly metrics: Metrics;
  readonly askForPage: PageAsker;
  readonly events: EventFan;
  readonly changes: ChangeFan;
  readonly now: () => number;
  /** Where the pages' own script and style lie. */
  readonly pageFolder: string;
  readonly allowsWriting: boolean;
  readonly routes: readonly Route[];
  readonly version: string;
}

export interface RouteRequest {
  readonly served: Served;
  readonly asker: Asker;
  readonly headers: IncomingHttpHeaders;
  text(name: string): string | null;
  texts(name: string): readonly string[] | null;
  /** Of a `time`: its milliseconds. */
  integer(name: string): number | null;
  /** The checked body of a POST. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One thing that can be asked over HTTP. The server, the checks and the description are all made from it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/api/v1/tasks/{id}` */
  readonly path: string;
  readonly summary: string;
  readonly tag: 'probes' | 'metrics' | 'api' | 'compatible' | 'page';
  readonly parameters: readonly Parameter[];
  readonly body?: readonly BodyField[];
  /** What is answered, and with which status; a mere sentence from 400 on is a problem. */
  readonly answers: Readonly<Record<number, string | Described>>;
  /** Whether it changes the cluster: then it is there only where that was allowed. */
  readonly changes?: true;
  /** Whether workers or the broker are asked for the answer: it is shared, and given only so often. */
  readonly asksCluster?: true;
  /** How often it may be asked for, where each request costs the engine or the workers something. */
  readonly pace?: Pace;
  /** Whether it is open to those who show no token: probes are asked by machines that have none. */
  readonly isOpen?: true;
  /** Whether people open it in a browser. */
  readonly isShell?: true;
  readonly handle: (request: RouteRequest) => Answer | Promise<Answer>;
}
