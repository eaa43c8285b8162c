import { divideMemory } from '../cluster/memoryBudget.ts';
import { memoryThere } from '../cluster/memoryThere.ts';
import { TaskDesk } from '../cluster/taskDesk.ts';
import type { RunCommand } from './cli/context.ts';
import { defaults } from './cli/defaults.ts';
import { exitCode } from './cli/exitCodes.ts';
import { interrupted } from './cli/interruption.ts';
import { LinkTalk } from './cli/linkTalk.ts';
import { listen } from './cli/listening.ts';
import { openTelemetry } from './cli/openTelemetry.ts';
import { readAccess } from './cli/serveAccess.ts';
import { ChangeFan } from './http/changeFan.ts';
import { Door } from './http/door.ts';
import { EventFan } from './http/eventFan.ts';
import { HttpFace } from './http/httpFace.ts';
import { Metrics } from './http/metrics.ts';
import { pageAsker } from './http/pageAsker.ts';
import { Proxies } from './http/proxies.ts';
import { routes } from './http/routes.ts';

const queuesEveryMs = 5_000;

/** Serves one cluster over HTTP until it is told to end. */
export const runServe: RunCommand = async (context) => {
  const { options, terminal, interruption } = context;
  const host = options.host ?? defaults.host;
  const { rules, proxies: addresses } = readAccess(context, host);
  const proxies = new Proxies(addresses);
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const metrics = new Metrics(
    options.compat ?? 'celeriac',
    options['max-series'] ?? defaults.maxSeries,
    Date.now,
    context.defects,
    {
      sent: options['generic-hostname-task-sent-metric'] === true,
      worker: options['generic-hostname-worker-task-metric'] === true,
    },
  );
  const { outlet } = terminal;
  if (rules.token !== null) outlet.hide(rules.token);
  const events = new EventFan(outlet, divideMemory(memoryThere()).streams);
  const talk = new LinkTalk(terminal);
  const log = (sentence: string): void => terminal.say(`celeriac: ${outlet.sentence(sentence)}`);
  const listening = await listen(context, {
    refreshIntervalMs: queuesEveryMs,
    isReadOnly: options['allow-write'] !== true,
    ...(options.history === undefined ? {} : { historyFolder: options.history }),
    log,
    listeners: {
      'event stream': (event) => events.publish(event),
      metrics: (event) => metrics.note(event, listening.cluster),
      telemetry: (event) => telemetry?.note(event, listening.cluster.state),
    },
    onLink: (link) => talk.note(link),
  });
  const telemetry = openTelemetry(context, {
    version: manifest.version,
    families: () => {
      // What is exported is looked at wherever it goes.
      listening.cluster.noteLook();
      return metrics.families(listening.cluster);
    },
    outlet,
    log,
    now: Date.now,
  });
  telemetry?.start();
  // Listening all the time keeps the health rules judging and the queues read, if slowly while nobody looks.
  const { cluster } = listening;
  const pages = new ChangeFan(listening.connection.id, outlet);
  cluster.listen(({ changes }) => {
    pages.note(changes);
    if (pages.hasReaders) cluster.noteLook();
    if (changes.some(({ kind }) => kind === 'queue' || kind === 'queueGone'))
      metrics.noteQueues(cluster.allQueues.values());
  });
  const tasks = new TaskDesk(listening.connection, cluster, listening.history);
  const served = {
    cluster,
    tasks,
    askForPage: pageAsker(cluster, tasks),
    door: new Door({ rules, proxies, now: Date.now, log }),
    metrics,
    events,
    changes: pages,
    now: Date.now,
    pageFolder: __dirname,
    allowsWriting: options['allow-write'] === true,
    routes,
    version: manifest.version,
  };
  const face = new HttpFace({ served, proxies, host, port: options.port ?? defaults.port, log });
  try {
    const port = await face.listen();
    terminal.line(`Serving ${listening.maskedUrl} at http://${host}:${port}`);
    const kept = listening.history?.status;
    if (kept?.path) log(`Its history is kept in ${kept.path}`);
    await interrupted(interruption);
    await face.close();
  } finally {
    talk.end();
    await telemetry?.stop();
    await listening.stop();
  }
  return exitCode.ok;
};
