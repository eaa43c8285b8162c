import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  createConnection,
  type InitializeResult,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { CeleriacError, toErrorData } from '../api/errors.ts';
import { apiVersion, notifications, type RequestHandlers, requests } from '../api/requests.ts';
import { Clusters } from '../cluster/clusters.ts';
import { decodeParams } from './decodeParams.ts';
import { inspect, inspectMethods } from './inspectDocument.ts';

/** The backend as the extension's child: the language-server protocol plus the requests of server/api. */
const main = (): void => {
  const connection = createConnection(ProposedFeatures.all);
  const clusters = new Clusters({
    epoch: randomUUID(),
    log: (sentence) => connection.console.info(sentence),
    historyWorkerFile: join(__dirname, 'historyWorker.js'),
  });
  const handlers = createHandlers(clusters, (batch) =>
    connection.sendNotification(notifications.changes.method, batch),
  );
  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    connection.onRequest(requests[name].method, (params: unknown) => answer(handlers, name, params));
  }
  connection.onInitialize(
    (): InitializeResult => ({
      capabilities: { textDocumentSync: TextDocumentSyncKind.None },
      serverInfo: { name: 'celeriac' },
    }),
  );
  connection.onShutdown(() => clusters.stopAll());
  process.on('disconnect', () => leave(clusters));
  process.on('SIGTERM', () => leave(clusters));
  connection.listen();
};

const createHandlers = (
  clusters: Clusters,
  publish: (batch: Parameters<Parameters<ReturnType<Clusters['get']>['listen']>[0]>[0]) => void,
): RequestHandlers => ({
  handshake: async (params) => {
    if (params.apiVersion !== apiVersion)
      throw new CeleriacError(
        'unsupported',
        'The extension and its backend are of different versions. Reload the window.',
      );
    return { apiVersion, pid: process.pid, nodeVersion: process.versions.node };
  },
  openCluster: async (params) => {
    const cluster = await clusters.start(params.connection, params.historyFolder);
    cluster.listen(publish);
    return cluster.snapshot();
  },
  closeCluster: async (params) => {
    await clusters.stop(params.clusterId);
    return null;
  },
  refreshCluster: async (params) => {
    await clusters.get(params.clusterId).refresh();
    return null;
  },
  inspectMethods: async () => inspectMethods(),
  inspect: async (params) => inspect(clusters.get(params.clusterId), params, Date.now()),
  snapshot: async (params) => clusters.get(params.clusterId).snapshot(),
});

/** Every request is answered: with its result, or with an error that carries a code and a sentence. */
const answer = async <K extends keyof typeof requests>(
  handlers: RequestHandlers,
  name: K,
  params: unknown,
): Promise<unknown> => {
  try {
    return await handlers[name](decodeParams(name, params));
  } catch (error) {
    const data = toErrorData(error);
    return new ResponseError(-32_000, data.sentence, data);
  }
};

/** The window is gone: leave the brokers in order, but do not linger. */
const leave = (clusters: Clusters): void => {
  const patience = setTimeout(() => process.exit(1), 3_000);
  patience.unref();
  void clusters.stopAll().finally(() => process.exit(0));
};

main();
