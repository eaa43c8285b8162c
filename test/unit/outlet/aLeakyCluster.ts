import type { Broker, BrokerListener, BrokerSession } from '../../../server/brokers/broker.ts';
import type { ControlReply } from '../../../server/celery/controlReply.ts';
import { Cluster } from '../../../server/cluster/cluster.ts';
import { MemoryHistory } from '../../../server/history/memoryHistory.ts';
import { Notices } from '../../../server/history/notices.ts';
import { plainWords } from '../plainWords.ts';

/** What must not be found in anything that leaves. */
export const planted = /hunter2/;

export const taskId = 'a0000000-0000-4000-8000-000000000001';
const failedId = 'a0000000-0000-4000-8000-000000000002';

const connection = {
  id: 'shop',
  name: 'shop',
  url: 'amqp://u:hunter2@127.0.0.1:1//',
  transportOptions: {},
  workerLostAfterMs: 20_000,
  maxTasks: 100,
};

const call = { password: 'hunter2', note: 'Authorization: token=hunter2' };

const message = {
  taskId,
  name: 'shop.login',
  argsJson: '[{"password":"hunter2"}]',
  kwargsJson: '{"api_key":"hunter2"}',
  argsRepr: "('a', password='hunter2')",
  kwargsRepr: "{'token': 'hunter2'}",
  eta: null,
  expires: null,
  retries: 0,
  priority: null,
  exchange: '',
  routingKey: 'celery',
  rootId: null,
  parentId: null,
  groupId: null,
  origin: null,
  redelivered: null,
  contentType: 'application/json',
  bytes: 10,
  problem: null,
};

/** Whatever workers are asked, they answer with a setting, a call, and a text that hold a secret. */
export const leakyReply = {
  ok: 'pong redis://u:hunter2@h/0',
  broker_password: 'hunter2',
  kwargs: call,
  text: "'broker_url': 'redis://:hunter2@h/0', 'secret_key': 'hunter2'",
  [taskId]: ['active', { id: taskId, name: 'shop.login', args: ['x'], kwargs: call, hostname: 'w@1' }],
};

const session = (onReply: { send: (reply: ControlReply) => void }): BrokerSession => ({
  server: { product: 'Memory', version: null },
  resumed: false,
  ended: new Promise(() => undefined),
  broadcast: async () => 1,
  openReplies: async (send) => {
    onReply.send = send;
    return {
      ask: async (_command, ticket) => {
        setImmediate(() => onReply.send({ ticket, hostname: 'w@1', value: leakyReply }));
        return 1;
      },
    };
  },
  mailboxNames: async () => ['w@1'],
  queueNames: async () => ['celery'],
  overview: async () => ({
    alarms: [plainWords("memory alarm: password='hunter2'")],
    blockedConnections: 0,
    missing: null,
  }),
  queueDepths: async (names) => names.map((name) => ({ name, exists: true, ready: 1, unacked: 0, consumers: 1 })),
  publish: async () => undefined,
  purge: async () => 0,
  peekingTouches: null,
  peek: async () => ({ messages: [message], touched: null }),
  close: async () => undefined,
});

export const leakyEvents = (at: number): readonly Readonly<Record<string, unknown>>[] => {
  const common = { hostname: 'w@1', timestamp: at / 1000, utcoffset: 0, pid: 1, clock: 1 };
  return [
    { ...common, type: 'worker-online', freq: 2, sw_ident: 'py-celery', sw_ver: '5.6', sw_sys: 'Linux' },
    {
      ...common,
      type: 'task-received',
      uuid: taskId,
      name: 'shop.login',
      args: "('redis://u:hunter2@h/0', 'x')",
      kwargs: "{'password': 'hunter2', 'n': 1}",
      retries: 0,
      session_token: 'hunter2',
      extra: { secret: 'hunter2' },
    },
    { ...common, type: 'task-started', uuid: taskId },
    { ...common, type: 'task-succeeded', uuid: taskId, result: "{'access_token': 'hunter2'}", runtime: 1 },
    { ...common, type: 'task-received', uuid: failedId, name: 'shop.login', args: [call], kwargs: call },
    { ...common, type: 'task-started', uuid: failedId },
    {
      ...common,
      type: 'task-failed',
      uuid: failedId,
      exception: 'ValueError("login failed: password=\'hunter2\'")',
      traceback: 'Traceback:\n  File "a.py", line 1, in f\n    f()\nValueError: login failed: password=\'hunter2\'',
    },
    { ...common, type: 'shop-custom', password: 'hunter2', body: call },
  ];
};

export interface LeakyCluster {
  readonly cluster: Cluster;
  /** Sends the events once more. */
  readonly emit: () => void;
  readonly stop: () => Promise<void>;
}

/** A cluster whose events, replies, messages and audit are full of secrets; all of its events are in. */
export const aLeakyCluster = async (
  onEvent: (event: Readonly<Record<string, unknown>>) => void = () => undefined,
): Promise<LeakyCluster> => {
  let listener: BrokerListener | null = null;
  const broker: Broker = {
    kind: 'amqp',
    maskedUrl: 'amqp://u:********@127.0.0.1:1//',
    connect: async (to) => {
      listener = to;
      return session({ send: () => undefined });
    },
  };
  const history = new MemoryHistory(new Notices(() => undefined, Date.now), Date.now);
  const live = Promise.withResolvers<void>();
  const cluster = new Cluster({
    connection,
    broker,
    history,
    listeners: { test: onEvent },
    epoch: 'leaky',
    now: Date.now,
    log: () => undefined,
    judgesAtOnce: true,
    onLink: ({ kind }) => {
      if (kind === 'live') live.resolve();
    },
  });
  const emit = (): void => {
    for (const event of leakyEvents(Date.now())) {
      const body = Buffer.from(JSON.stringify(event));
      const form = { contentType: 'application/json', contentEncoding: 'utf-8', compression: null };
      listener?.onDelivery({ kind: 'message', body, ...form });
    }
  };
  cluster.listen(() => undefined);
  cluster.start();
  await live.promise;
  emit();
  await cluster.until(() => cluster.state.tasks.find(failedId)?.state === 'FAILURE', 5_000);
  await cluster.operations.send({ name: 'shop.login', args: [call], kwargs: call, queue: 'celery' });
  await history.saveAlert({
    id: 'x@1',
    rule: 'failureRate',
    subject: 'shop.login',
    severity: 'warning',
    raisedAt: Date.now(),
    resolvedAt: null,
    sentence: "shop.login fails: password='hunter2'",
  });
  return { cluster, emit, stop: () => cluster.stop() };
};
