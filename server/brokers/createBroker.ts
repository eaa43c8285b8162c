import { CeleriacError } from '../api/errors.ts';
import type { ConnectionConfig } from '../api/model.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
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
  throw new CeleriacError('unsupported', unsupportedPhrase(scheme));
};

const schemeOf = (url: string): string => {
  const mark = url.indexOf('://');
  if (mark > 0) return url.slice(0, mark).trim().toLowerCase();
  throw new CeleriacError('badRequest', phrase('url.notAUrl', { url: maskBrokerUrl(url) }));
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

const unsupportedPhrase = (scheme: string): Phrase => {
  const transport = scheme.split('+')[0] ?? scheme;
  if (transport === 'memory') return phrase('url.memory');
  const known = Object.hasOwn(otherTransports, transport) ? otherTransports[transport] : undefined;
  return known ? phrase('url.unsupported', { transport: known }) : phrase('url.unknown', { scheme });
};
