import type { ConnectionOptions } from 'node:tls';
import type { SuggestedScheme } from '../api/connectionTest.ts';
import type { Phrase } from '../api/phrase.ts';
import type { Broker } from './broker.ts';

/** One server that a connection may go to. */
export interface ProbeTarget {
  /** `Redis`, `RabbitMQ`: who should answer. */
  readonly product: string;
  /** `host:port` or the path of a socket, for people. */
  readonly address: string;
  readonly endpoint: { readonly host: string; readonly port: number } | { readonly path: string };
  /** How to encrypt; null: not at all. */
  readonly tls: (() => ConnectionOptions) | null;
}

/** What a test needs to take the way to a broker one step at a time. */
export interface BrokerProbe {
  readonly broker: Broker;
  /** Tried in turn; none where there is no network on the way. */
  readonly targets: readonly ProbeTarget[];
  /** What is beyond the login: `database 0`, `the virtual host "/"`. */
  readonly place: Phrase;
  /** The URL's scheme with TLS, for somebody who left it out. */
  readonly encryptedScheme: SuggestedScheme | null;
  /** Signs in and goes to the place, and leaves again. Rejects with a `CeleriacError`. */
  enter(target: ProbeTarget | null, signal: AbortSignal): Promise<void>;
}
