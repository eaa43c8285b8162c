import type { BrokerKind, ConnectionConfig } from '../api/model.ts';
import { createAmqpProbe } from '../brokers/amqpProbe.ts';
import { createBroker } from '../brokers/createBroker.ts';
import { createFilesystemProbe } from '../brokers/filesystemProbe.ts';
import type { BrokerProbe } from '../brokers/probe.ts';
import { createRedisProbe } from '../brokers/redisProbe.ts';

const probes: Readonly<Record<BrokerKind, (config: ConnectionConfig) => BrokerProbe>> = {
  redis: createRedisProbe,
  amqp: createAmqpProbe,
  filesystem: createFilesystemProbe,
};

/** Throws a `CeleriacError` for a URL that cannot be read or that no adapter serves. */
export const createProbe = (config: ConnectionConfig): BrokerProbe => probes[createBroker(config).kind](config);
