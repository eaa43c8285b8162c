import type { TestContext } from 'node:test';
import type { AmqpBroker, AmqpSession } from '../../server/brokers/amqp.ts';
import type { BrokerListener } from '../../server/brokers/broker.ts';
import type { ControlMessage } from '../../server/celery/control.ts';
import { until } from '../lab/lab.ts';

/** A listener that keeps what it is told, as short as the tests need it. */
export interface AmqpListener extends BrokerListener {
  readonly bodies: readonly string[];
  readonly losses: readonly string[];
  readonly alarms: readonly (string | null)[];
  /** Resolves when so many messages have come. */
  count(wanted: number, timeoutMs?: number): Promise<void>;
}

export const listen = (): AmqpListener => {
  const bodies: string[] = [];
  const losses: string[] = [];
  const alarms: (string | null)[] = [];
  return {
    bodies,
    losses,
    alarms,
    onDelivery: (delivery) =>
      bodies.push(delivery.kind === 'message' ? delivery.body.toString() : 'no message of AMQP'),
    onLost: (reason) => losses.push(reason),
    onBlocked: (reason) => alarms.push(reason?.sentence ?? null),
    count: async (wanted, timeoutMs) => {
      await until(`${wanted} messages have come, now ${bodies.length}`, () => bodies.length >= wanted, timeoutMs);
    },
  };
};

/** `first` … `first + count - 1`, each a message. */
export const numbered = (count: number, first = 0): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`{"number":${first + index}}`));

/** Fails unless each number came exactly once; in which order does not matter. */
export const missingOrRepeated = (bodies: readonly string[], count: number): string[] => {
  const times = new Map<string, number>();
  for (const body of bodies) times.set(body, (times.get(body) ?? 0) + 1);
  const wrong = numbered(count).flatMap((body) => {
    const came = times.get(body.toString()) ?? 0;
    return came === 1 ? [] : [`${body}: ${came} times`];
  });
  return wrong;
};

export const heartbeat: ControlMessage = {
  method: 'heartbeat',
  arguments: {},
  destination: null,
  pattern: null,
  matcher: null,
};

/** A session that does not outlive its test, however that ends. */
export const openSession = async (
  t: TestContext,
  broker: AmqpBroker,
  listener: BrokerListener,
): Promise<AmqpSession> => {
  const session = await broker.connect(listener, noSignal);
  t.after(() => session.close());
  return session;
};

export const noSignal = new AbortController().signal;
