import type { FoundBroker } from '../../server/api/discovery.ts';
import { saveEntry } from '../connections/connectionStore.ts';
import { freeName } from '../connections/freeName.ts';
import { takeSecrets } from '../connections/plainSecrets.ts';
import type { Parts } from '../parts.ts';

/** Makes a connection of a found broker: its secrets go to the secret storage, the rest into the settings. */
export const useBroker = async (broker: FoundBroker, parts: Parts): Promise<void> => {
  const name = freeName(broker.name, parts.connections.listed);
  const { setting, secrets } = takeSecrets({
    name,
    url: broker.url,
    ...(broker.resultBackend === null ? {} : { resultBackend: broker.resultBackend }),
    ...(Object.keys(broker.transportOptions).length === 0 ? {} : { transportOptions: broker.transportOptions }),
  });
  await parts.secrets.store(name, secrets);
  await saveEntry(setting, null);
  await parts.connections.want(name, true);
  parts.active.choose(name);
};
