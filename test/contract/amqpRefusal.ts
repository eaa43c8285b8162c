import assert from 'node:assert/strict';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import type { BrokerSession } from '../../server/brokers/broker.ts';
import { listen, noSignal } from './amqpListener.ts';

/** Connects and does one thing; resolves with the refusal, or with `null` when nothing was refused. */
export const attempt = async (
  config: ConnectionConfig,
  act: (session: BrokerSession) => Promise<unknown> = async () => undefined,
): Promise<CeleriacError | null> => {
  try {
    const session = await createAmqpBroker(config).connect(listen(), noSignal);
    try {
      await act(session);
    } finally {
      await session.close();
    }
    return null;
  } catch (error) {
    if (error instanceof CeleriacError) return error;
    throw error;
  }
};

/** The error with which connecting fails. */
export const refusal = async (config: ConnectionConfig): Promise<CeleriacError> => {
  const error = await attempt(config);
  assert.ok(error, 'it connected');
  return error;
};
