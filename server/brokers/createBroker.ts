import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { createAmqpBroker } from './amqp.ts';
import type { Broker } from './broker.ts';
import { createFilesystemBroker } from './filesystem.ts';
import { createRedisBroker } from './redis.ts';
import { maskBrokerUrl } from './url.ts';

type CreateBroker = (config: ConnectionConfig) => Broker;

const adapters: Readonly<Record<string, CreateBroker>> = {
  redis: createRedisBroker,
  rediss: createRedisBroker,
  'redis+socket': createRedisBroker,
  sentinel: createRedisBroker,
  amqp: createAmqpBroker,
  amqps: createAmqpBroker,
  pyamqp: createAmqpBroker,
  librabbitmq: createAmqpBroker,
  filesystem: createFilesystemBroker,
};

/** The adapter for a connection's URL. Throws a `CeleriacError` for a URL that none can serve; opens nothing yet. */
export const createBroker = (config: ConnectionConfig): Broker => {
  const scheme = schemeOf(config.url);
  const create = Object.hasOwn(adapters, scheme) ? adapters[scheme] : undefined;
  if (create) return create(config);
  throw new CeleriacError('unsupported', unsupportedSentence(scheme));
};

const schemeOf = (url: string): string => {
  const mark = url.indexOf('://');
  if (mark > 0) return url.slice(0, mark).trim().toLowerCase();
  throw new CeleriacError(
    'badRequest',
    `"${maskBrokerUrl(url)}" is not a broker URL. Write it as Celery's broker_url, such as redis://localhost:6379/0.`,
  );
};

/** kombu's other transports (kombu/transport/__init__.py: TRANSPORT_ALIASES), by the name people know them by. */
const otherTransports: Readonly<Record<string, string>> = {
  sqs: 'Amazon SQS',
  slmq: 'SoftLayer Message Queue',
  mongodb: 'MongoDB',
  zookeeper: 'ZooKeeper',
  kafka: 'Kafka',
  confluentkafka: 'Kafka',
  sqla: 'SQLAlchemy',
  sqlalchemy: 'SQLAlchemy',
  qpid: 'Qpid',
  consul: 'Consul',
  etcd: 'etcd',
  azurestoragequeues: 'Azure Storage Queues',
  azureservicebus: 'Azure Service Bus',
  pyro: 'Pyro',
  gcpubsub: 'Google Cloud Pub/Sub',
};

const works =
  'Live workers and tasks work with redis://, rediss://, redis+socket://, sentinel://, amqp://, amqps:// and';

const unsupportedSentence = (scheme: string): string => {
  const transport = scheme.split('+')[0] ?? scheme;
  if (transport === 'memory') {
    return `The memory broker lives inside one Python process, so nothing outside can watch it. ${works} filesystem:// brokers.`;
  }
  const known = Object.hasOwn(otherTransports, transport) ? otherTransports[transport] : undefined;
  if (known) {
    return `Celeriac cannot watch workers through ${known}: it has no adapter for that broker. ${works} filesystem:// brokers; everything about the code itself works without a connection.`;
  }
  return `"${scheme}" is no broker that Celery knows. ${works} filesystem:// brokers.`;
};
