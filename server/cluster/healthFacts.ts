import { hostname as ownHostname, totalmem } from 'node:os';
import type { BrokerKind, ConnectionConfig, LinkState } from '../api/model.ts';
import type { HealthFacts } from '../health/facts.ts';
import type { PulseBook } from '../health/pulseBook.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { Sliced } from '../state/queries/slices.ts';
import type { QueueBook } from './queueBook.ts';
import { runningTasks } from './runningTasks.ts';
import type { Surveyor } from './surveyor.ts';
import { visibilityTimeoutOf } from './visibilityTimeout.ts';

export type LiveLink = Extract<LinkState, { readonly kind: 'live' }>;

interface HealthFactsParts {
  readonly connection: ConnectionConfig;
  readonly brokerKind: BrokerKind;
  readonly state: ClusterState;
  readonly queues: QueueBook;
  readonly surveyor: Surveyor;
  readonly pulses: PulseBook;
  readonly link: LiveLink;
  readonly now: number;
}

const delayedLimit = 5_000;

/** Everything that the rules look at, gathered a little at a time: of thousands of groups the figures are costly. */
export function* healthFacts(parts: HealthFactsParts): Sliced<HealthFacts> {
  const { connection, brokerKind, state, queues, surveyor, pulses, link, now } = parts;
  const { surveys, overview, surveyedAt, mailboxes } = surveyor;
  const workers = [...state.workers.values()];
  const online = workers.filter(({ status }) => status === 'online');
  return {
    now,
    listeningSince: link.since,
    brokerKind,
    blocked: link.blocked,
    overview,
    workers,
    pulses: pulses.at(now),
    surveys,
    surveyedAt,
    mailboxes,
    queues: [...queues.all.values()],
    consumersKnown: surveyedAt !== null && online.every(({ hostname }) => queues.hasReported(hostname)),
    types: yield* state.statsInSlices('type', now),
    queueStats: yield* state.statsInSlices('queue', now),
    workerStats: yield* state.statsInSlices('worker', now),
    running: runningTasks(state, surveys),
    delayed: state.tasks.delayed(delayedLimit),
    visibilityTimeoutSeconds: visibilityTimeoutOf(connection, surveyor),
    host: { name: ownHostname(), memoryBytes: totalmem() },
  };
}
