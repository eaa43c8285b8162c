import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import {
  createConnection,
  type InitializeResult,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { ChangeBatch } from '../api/change.ts';
import { CeleriacError, toErrorData } from '../api/errors.ts';
import { apiVersion, notifications, requests } from '../api/requests.ts';
import { Clusters } from '../cluster/clusters.ts';
import type { Area } from '../requests/area.ts';
import { decodeParams } from '../requests/decodeParams.ts';
import { seriesArea } from '../requests/series.ts';
import { taskDetailArea } from '../requests/taskDetail.ts';
import { tasksArea } from '../requests/tasks.ts';
import { Defects } from './defects.ts';
import { clustersArea } from './lsp/clusters.ts';
import { connectionsArea } from './lsp/connections.ts';
import { discoveryArea } from './lsp/discovery.ts';
import { healthArea } from './lsp/health.ts';
import { languageArea } from './lsp/language.ts';
import { operatingArea } from './lsp/operating.ts';
import { sidebarArea } from './lsp/sidebar.ts';

type Name = keyof typeof requests;

/** The backend as the extension's child: the language-server protocol plus the requests of server/api. */
const main = (): void => {
  const connection = createConnection(ProposedFeatures.all);
  const clusters = new Clusters({
    epoch: randomUUID(),
    log: (sentence) => connection.console.info(sentence),
    historyWorkerFile: join(__dirname, 'historyWorker.js'),
  });
  // The extension starts it again; standard error reaches its log even when the channel to it is broken.
  new Defects({
    say: (sentence) => process.stderr.write(`${sentence}\n`),
    end: () => process.exit(1),
    survivesRejections: () => true,
  }).start();
  const areas = everyArea(clusters, (batch) => connection.sendNotification(notifications.changes.method, batch));
  for (const name of Object.keys(requests) as Name[])
    connection.onRequest(requests[name].method, (params: unknown) => answer(areas, name, params));
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

/** All of the table: a request that no area answers does not compile. */
const everyArea = (clusters: Clusters, publish: (batch: ChangeBatch) => void): Area<Name> => {
  const language = languageArea(__dirname);
  const discovery = discoveryArea(__dirname);
  const life = clustersArea(clusters, publish);
  const operating = operatingArea(clusters);
  const sidebar = sidebarArea(clusters);
  const tasks = tasksArea(clusters);
  const taskDetail = taskDetailArea(clusters);
  const series = seriesArea(clusters);
  const health = healthArea(clusters);
  return {
    schemas: {
      ...greeting.schemas,
      ...discovery.schemas,
      ...language.schemas,
      ...life.schemas,
      ...connectionsArea.schemas,
      ...operating.schemas,
      ...sidebar.schemas,
      ...tasks.schemas,
      ...taskDetail.schemas,
      ...series.schemas,
      ...health.schemas,
    },
    handlers: {
      ...greeting.handlers,
      ...discovery.handlers,
      ...language.handlers,
      ...life.handlers,
      ...connectionsArea.handlers,
      ...operating.handlers,
      ...sidebar.handlers,
      ...tasks.handlers,
      ...taskDetail.handlers,
      ...series.handlers,
      ...health.handlers,
    },
  };
};

const greeting: Area<'handshake'> = {
  schemas: { handshake: v.object({ apiVersion: v.number() }) },
  handlers: {
    handshake: async (params) => {
      if (params.apiVersion === apiVersion) return { apiVersion, pid: process.pid, nodeVersion: process.versions.node };
      throw new CeleriacError(
        'unsupported',
        'The extension and its backend are of different versions. Reload the window.',
      );
    },
  },
};

/** Every request is answered: with its result, or with an error that carries a code and a sentence. */
const answer = async <K extends Name>(areas: Area<K>, name: K, params: unknown): Promise<unknown> => {
  try {
    return await areas.handlers[name](decodeParams(name, areas.schemas[name], params));
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
