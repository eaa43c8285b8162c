import type { FoundBroker } from '../../server/api/discovery.ts';
import { run } from '../commands/run.ts';
import type { Connections } from '../connections/connections.ts';
import { freeName } from '../connections/freeName.ts';
import { sourceText } from './sourceText.ts';

/** Opens the form of a new connection with what was found filled in; there its secrets go to the secret storage. */
export const useBroker = async (broker: FoundBroker, { listed }: Pick<Connections, 'listed'>): Promise<void> => {
  const { url, resultBackend, transportOptions, sources } = broker;
  const [source] = sources;
  await run('addConnection', {
    name: freeName(broker.name, listed),
    url,
    ...(resultBackend === null ? {} : { resultBackend }),
    ...(source ? { source: sourceText(source) } : {}),
    ...(Object.keys(transportOptions).length === 0 ? {} : { transportOptions }),
  });
};
