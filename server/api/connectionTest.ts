import type { BrokerKind, ConnectionConfig } from './model.ts';
import type { Phrase } from './phrase.ts';

/**
 * The steps from a URL to an answering worker, in the order in which they are taken. `auth`: the broker lets us in;
 * `place`: the virtual host, the database or the folders; `events`: we may hear them; `ping`: a worker answers.
 */
export type TestStage = 'dns' | 'tcp' | 'tls' | 'auth' | 'place' | 'events' | 'ping';

export interface StageResult {
  readonly stage: TestStage;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** Null: nothing was done. */
  readonly tookMs: number | null;
  /** What was found; of a stage that failed, the cause and one thing to do. */
  readonly sentence: string;
  readonly phrase: Phrase;
}

export interface ConnectionTest {
  readonly maskedUrl: string;
  readonly brokerKind: BrokerKind;
  /** All seven, in their order; after one that failed the others are skipped. */
  readonly stages: readonly StageResult[];
  readonly tookMs: number;
  /** The scheme of a URL that would lead on, where the test found that out; null: it did not. */
  readonly suggestedScheme: SuggestedScheme | null;
}

export type SuggestedScheme = 'amqp' | 'amqps' | 'redis' | 'rediss';

export interface ConnectionTestParams {
  /** Need not be open, and is not opened. */
  readonly connection: ConnectionConfig;
}
