import { CeleriacError } from '../api/errors.ts';
import type { BrokerOverview, ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { within } from '../waits/within.ts';
import { AmqpAlarm } from './amqpAlarm.ts';
import { orReasonOfEnd } from './amqpChannels.ts';
import { AmqpControl, controlExchange } from './amqpControl.ts';
import { cancelledError } from './amqpErrors.ts';
import { type AmqpTimes, type EventSubscription, subscribeToEvents } from './amqpEvents.ts';
import { AmqpInbox } from './amqpInbox.ts';
import { type AmqpLink, loadAmqp, openLink } from './amqpLink.ts';
import { peekingTouches, peekQueue } from './amqpPeek.ts';
import { AmqpQueues } from './amqpQueues.ts';
import { openReplies } from './amqpReplies.ts';
import { type AmqpHost, readAmqpHosts } from './amqpTarget.ts';
import { AmqpTasks } from './amqpTasks.ts';
import type { Broker, BrokerListener, BrokerSession } from './broker.ts';
import { RabbitmqManagement } from './rabbitmqManagement.ts';
import { maskBrokerUrl } from './url.ts';

export interface AmqpSession extends BrokerSession {
  /** What RabbitMQ tells only by HTTP, and why it does not. */
  readonly management: RabbitmqManagement;
}

export interface AmqpBroker extends Broker {
  connect(listener: BrokerListener, signal: AbortSignal): Promise<AmqpSession>;
}

const defaultTimes: AmqpTimes = { queueExpiresMs: 60_000, redeliveredWithinMs: 30_000 };

const goodbyeMs = 2_000;

/** RabbitMQ, or another server that speaks AMQP 0-9-1. Its sessions follow one another on the same queue. */
export const createAmqpBroker = (config: ConnectionConfig, times = defaultTimes): AmqpBroker => {
  const hosts = readAmqpHosts(config);
  const inbox = new AmqpInbox();
  let lastGood = 0;
  return {
    kind: 'amqp',
    maskedUrl: maskBrokerUrl(config.url),
    prepare: () => void loadAmqp().catch(() => undefined),
    connect: async (listener, signal) => {
      const failures: CeleriacError[] = [];
      for (let tried = 0; tried < hosts.length; tried++) {
        const index = (lastGood + tried) % hosts.length;
        const host = hosts[index];
        if (!host) continue;
        try {
          const session = await openSession(host, inbox, listener, signal, times);
          lastGood = index;
          return session;
        } catch (error) {
          if (!(error instanceof CeleriacError) || error.code === 'cancelled') throw error;
          failures.push(error);
        }
      }
      throw noneOf(failures);
    },
  };
};

const openSession = async (
  host: AmqpHost,
  inbox: AmqpInbox,
  listener: BrokerListener,
  signal: AbortSignal,
  times: AmqpTimes,
): Promise<AmqpSession> => {
  const links: AmqpLink[] = [];
  const cancel = (): void => {
    for (const link of links) link.fail(cancelledError(host));
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const events = await openLink(host, 'events', signal);
    links.push(events);
    const control = await openLink(host, 'control', signal);
    links.push(control);
    const subscription = await orReasonOfEnd(events, subscribeToEvents(events, inbox, listener, times));
    const alarm = new AmqpAlarm(control, listener);
    await orReasonOfEnd(control, alarm.watch());
    return joinLinks(events, control, subscription, alarm);
  } catch (error) {
    await Promise.all(links.map((link) => link.close()));
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};

/** Two connections that live and end together. */
const joinLinks = (
  events: AmqpLink,
  control: AmqpLink,
  subscription: EventSubscription,
  alarm: AmqpAlarm,
): AmqpSession => {
  const sender = new AmqpControl(events, control, alarm);
  const tasks = new AmqpTasks(events, control, alarm);
  const management = new RabbitmqManagement(events.host, clusterNameOf(events));
  const queues = new AmqpQueues(events, management);
  let closing: Promise<void> | null = null;
  const first = Promise.withResolvers<Error | null>();
  for (const link of [events, control]) link.ended.then(first.resolve);
  const ended = first.promise.then((reason) => {
    management.close();
    if (closing || !reason) return null;
    // The queue stays: the next session finds in it what comes meanwhile.
    for (const link of [events, control]) link.fail(reason);
    return reason;
  });
  const close = async (): Promise<void> => {
    await within(
      subscription.remove().catch(() => undefined),
      goodbyeMs,
      () => undefined,
    );
    await Promise.all([events.close(), control.close()]);
  };
  return {
    server: events.server,
    resumed: subscription.resumed,
    management,
    ended,
    broadcast: (command) => sender.broadcast(command),
    openReplies: async (onReply) => {
      const oid = await orReasonOfEnd(events, openReplies(events, onReply));
      return { ask: (command, ticket, expiresAt) => sender.ask(command, ticket, expiresAt, oid) };
    },
    mailboxNames: () => mailboxNames(management),
    queueNames: () => queues.names(),
    overview: () => overviewOf(management),
    queueDepths: (names) => queues.depths(names),
    publish: (message) => tasks.publish(message),
    purge: (queue) => queues.purge(queue),
    peekingTouches,
    peek: (queue, limit) => peekQueue(events, queue, limit),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

const clusterNameOf = ({ model }: AmqpLink): string | null => model.connection.serverProperties['cluster_name'] ?? null;

/** Each mailbox is a queue named after its worker (kombu/pidbox.py: Mailbox.get_queue). */
const overviewOf = async (management: RabbitmqManagement): Promise<BrokerOverview> => {
  const overview = await management.overview();
  return {
    alarms: overview?.alarms ?? null,
    blockedConnections: overview?.blockedConnections ?? null,
    missing: management.absence,
  };
};

const mailboxNames = async (management: RabbitmqManagement): Promise<readonly string[] | null> => {
  const bound = await management.boundQueues(controlExchange);
  return bound?.map((queue) => queue.replace(/\.celery\.pidbox$/, '')).sort() ?? null;
};

/** The failure of the host that let us come furthest, and what the others said. */
const noneOf = (failures: readonly CeleriacError[]): CeleriacError => {
  const [first] = failures;
  if (!first || failures.length === 1) return first ?? new CeleriacError('badRequest', phrase('connect.noHost'));
  const furthest = failures.find((failure) => failure.code !== 'brokerUnreachable') ?? first;
  const reasons = failures.map(({ message }) => message).join(' ');
  return new CeleriacError(furthest.code, phrase('connect.noneOf', { n: failures.length, reasons }), {
    cause: furthest,
  });
};
