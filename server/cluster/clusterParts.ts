import type { ConnectionConfig, LinkFailure, LinkState } from '../api/model.ts';
import type { Broker } from '../brokers/broker.ts';
import type { WaitingWatch } from '../debugging/waiting/waitingWatch.ts';
import type { History } from '../history/history.ts';
import type { EventListener } from './intakeSink.ts';
import type { MemoryBudget } from './memoryBudget.ts';

/** What a cluster is made from. */
export interface ClusterParts {
  readonly connection: ConnectionConfig;
  readonly broker: Broker;
  /** Tells one life of the cluster from the next, so that nobody applies changes to the wrong snapshot. */
  readonly epoch: string;
  readonly now: () => number;
  readonly log: (sentence: string) => void;
  /** By name, those who want each event as it is processed, such as the event stream of the command line. */
  readonly listeners?: Readonly<Record<string, EventListener>>;
  /** For those who cannot wait for the feed: each step of the link as it happens. */
  readonly onLink?: (link: LinkState) => void;
  /**
   * After each call for heartbeats: how many workers the broker handed it to (null where it does not tell), or why it
   * could not be sent.
   */
  readonly onGreeted?: (workers: number | null, failure: LinkFailure | null) => void;
  /** A beat has answered a ping. */
  readonly onBeat?: (hostname: string) => void;
  /** One look at the health is all there will be: what must last counts as if it had. */
  readonly judgesAtOnce?: boolean;
  /** Where what happens is kept; whoever opened it closes it, after `stop`. */
  readonly history?: History;
  /** How much each store may hold; left out: shares of the memory there is. */
  readonly memory?: MemoryBudget;
  /** Finds tasks that wait for a debugger; left out: the cluster has a watch of its own. */
  readonly waiting?: WaitingWatch;
}
