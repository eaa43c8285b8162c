import type { ConnectionConfig } from '../../server/api/model.ts';
import type { Broker } from '../lab/broker.ts';

/** The engine's view of a broker of the lab. */
export const connectionTo = (broker: Broker): ConnectionConfig => ({
  id: 'lab',
  name: 'lab',
  url: broker.url,
  transportOptions: broker.transportOptions ?? {},
  workerLostAfterMs: 20_000,
  maxTasks: 10_000,
});
