import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { defaultRedactPatterns } from '../api/redaction.ts';
import { notifications, requests } from '../api/requests.ts';
import { Clusters } from '../cluster/clusters.ts';
import { makeOutlet } from '../outlet/outlet.ts';
import { Defects } from './defects.ts';
import { everyAnswer, requestNames } from './lsp/everyAnswer.ts';
import { WindowLanguage } from './lsp/windowLanguage.ts';
import { Wire } from './lsp/wire.ts';
import { WorkspaceThread } from './lsp/workspaceThread.ts';

const startedAfterMs = 3_000;

/** The backend as the extension's child: the language-server protocol plus the requests of server/api. */
const main = (): void => {
  const outlet = makeOutlet(defaultRedactPatterns);
  const clusters = new Clusters({
    epoch: randomUUID(),
    log: (sentence) => wire.info(outlet.sentence(sentence)),
    hide: (secret) => outlet.hide(secret),
    historyWorkerFile: join(__dirname, 'historyWorker.js'),
  });
  // The extension starts it again; standard error reaches its log even when the channel to it is broken.
  new Defects({
    say: (sentence) => process.stderr.write(`${outlet.sentence(outlet.redactor.traceback(sentence))}\n`),
    end: () => process.exit(1),
    survivesRejections: () => true,
  }).start();
  const language = new WindowLanguage((sentence) => wire.warn(sentence));
  const answer = everyAnswer({
    clusters,
    workspace: new WorkspaceThread({ workerFile: join(__dirname, 'workspaceWorker.js') }).area(),
    publish: (batch) => wire.notify(notifications.changes.method, batch),
    translate: () => language.translate,
  });
  const names = new Map(requestNames.map((name) => [requests[name].method, name]));
  const wire: Wire = new Wire(process, {
    initialize: (options) => {
      language.read(options);
      return { capabilities: {}, serverInfo: { name: 'celeriac' } };
    },
    request: (method) => {
      const name = names.get(method);
      return name === undefined ? null : (params) => answer(name, params);
    },
    shutdown: () => clusters.stopAll(),
    exit: (isInOrder) => process.exit(isInOrder ? 0 : 1),
  });
  process.on('disconnect', () => leave(clusters));
  process.on('SIGTERM', () => leave(clusters));
  wire.start();
  // V8 by itself waits until the heap has grown, which an idle backend's never does.
  setTimeout(() => globalThis.gc?.(), startedAfterMs).unref();
};

/** The window is gone: leave the brokers in order, but do not linger. */
const leave = (clusters: Clusters): void => {
  const patience = setTimeout(() => process.exit(1), 3_000);
  patience.unref();
  void clusters.stopAll().finally(() => process.exit(0));
};

main();
