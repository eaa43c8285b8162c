import { join } from 'node:path';
import { defaultRedactPatterns } from '../../server/api/redaction.ts';
import type { CeleryEvent } from '../../server/celery/event.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import { TaskDesk } from '../../server/cluster/taskDesk.ts';
import { defaults } from '../../server/faces/cli/defaults.ts';
import { ChangeFan } from '../../server/faces/http/changeFan.ts';
import { Door } from '../../server/faces/http/door.ts';
import { EventFan } from '../../server/faces/http/eventFan.ts';
import { HttpFace } from '../../server/faces/http/httpFace.ts';
import { Metrics } from '../../server/faces/http/metrics.ts';
import { pageAsker } from '../../server/faces/http/pageAsker.ts';
import { Proxies } from '../../server/faces/http/proxies.ts';
import { routes } from '../../server/faces/http/routes.ts';
import { makeOutlet } from '../../server/outlet/outlet.ts';
import { aMemoryBroker } from '../unit/cluster/aMemoryBroker.ts';
import { idOf } from '../unit/state/someEvents.ts';

interface Width {
  readonly names: number;
  readonly queues: number;
  readonly workers: number;
}

/** A cluster of very many task names, queues and workers, served over HTTP as `serve` puts it together. */
export const wideCluster = async ({ names, queues, workers }: Width) => {
  const clock = { now: Date.now() };
  const now = (): number => clock.now;
  const log = (): void => undefined;
  const url = 'memory://';
  const connection = {
    id: 'w',
    name: 'wide',
    url,
    transportOptions: {},
    workerLostAfterMs: 20_000,
    maxTasks: 100_000,
    refreshIntervalMs: 1_000,
  };
  const queueNames = Array.from({ length: queues }, (_, index) => `queue-${index}`);
  const { broker, deliver } = aMemoryBroker({
    queueNames: async () => queueNames,
    queueDepths: async (asked) => asked.map((name) => depthOf(name, clock.now)),
    mailboxNames: async () => null,
    overview: async () => ({ alarms: null, blockedConnections: null, missing: null }),
    openReplies: async () => ({ ask: async () => 0 }),
  });
  const outlet = makeOutlet(defaultRedactPatterns);
  const [events, changes] = [new EventFan(outlet), new ChangeFan('w', outlet)];
  const metrics = new Metrics('celeriac', defaults.maxSeries, now, { rejections: 0 });
  const listeners = {
    'event stream': (event: CeleryEvent) => events.publish(event),
    metrics: (event: CeleryEvent) => metrics.note(event, cluster),
  };
  const cluster = new Cluster({ connection, broker, epoch: 'w', now, log, listeners });
  cluster.listen((batch) => {
    changes.note(batch.changes);
    if (batch.changes.some(({ kind }) => kind === 'queue')) metrics.noteQueues(cluster.allQueues.values());
  });
  cluster.start();
  const tasks = new TaskDesk(connection, cluster, null);
  const proxies = new Proxies([]);
  const rules = { hosts: ['127.0.0.1'], token: null, trustedHeader: null };
  const served = {
    cluster,
    tasks,
    door: new Door({ rules, proxies, now, log }),
    metrics,
    askForPage: pageAsker(cluster, tasks),
    events,
    changes,
    now,
    pageFolder: join(import.meta.dirname),
    allowsWriting: false,
    routes,
    version: '0',
  };
  const face = new HttpFace({ served, proxies, host: '127.0.0.1', port: 0, log });
  const address = `http://127.0.0.1:${await face.listen()}`;
  const heartbeat = (worker: number): string => {
    const fields = { freq: 2, sw_ident: 'py-celery', sw_ver: '5.6.0', sw_sys: 'Linux', active: 1, processed: 9 };
    return JSON.stringify({ type: 'worker-heartbeat', ...from(worker), ...fields, loadavg: [1, 1, 1] });
  };
  const from = (worker: number) => ({
    hostname: `celery@host-${worker % workers}`,
    timestamp: clock.now / 1_000,
    utcoffset: 0,
    pid: 1,
    clock: 1,
  });
  const run = (task: number): string =>
    JSON.stringify([
      {
        type: 'task-received',
        uuid: idOf(task),
        name: `tasks.of.customer_${task % names}`,
        args: '()',
        kwargs: '{}',
        ...from(task),
      },
      { type: 'task-started', uuid: idOf(task), ...from(task) },
      { type: 'task-succeeded', uuid: idOf(task), result: '1', runtime: 0.1, ...from(task) },
    ]);
  return {
    cluster,
    address,
    deliver,
    clock,
    metrics,
    heartbeats: () => Array.from({ length: workers }, (_, worker) => heartbeat(worker)),
    runs: () => Array.from({ length: names }, (_, task) => run(task)),
    close: async (): Promise<void> => {
      await face.close();
      await tasks.close();
      await cluster.stop();
    },
  };
};

const depthOf = (name: string, at: number) => ({
  name,
  exists: true,
  ready: Math.floor(at / 1_000) % 7,
  unacked: null,
  consumers: null,
});
