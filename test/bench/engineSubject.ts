import { createBroker } from '../../server/brokers/createBroker.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import { serveSubject, tell } from './serveSubject.ts';

/** Celeriac's engine as the language-server face runs it: its change batches go to the parent over IPC. */
await serveSubject(async ({ url, maxTasks }) => {
  const connection = { id: 'bench', name: 'bench', url, transportOptions: {}, workerLostAfterMs: 20_000, maxTasks };
  const log = (sentence: string): void => console.error(sentence);
  const cluster = new Cluster({ connection, broker: createBroker(connection), epoch: 'bench', now: Date.now, log });
  const live = new Promise<void>((resolve) => {
    cluster.listen((batch) => {
      if (batch.changes.some((change) => change.kind === 'link' && change.link.kind === 'live')) resolve();
      tell({ kind: 'batch', batch });
    });
  });
  cluster.start();
  await live;
  return { counted: () => cluster.state.counters().events, close: () => cluster.stop() };
});
