import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRedactPatterns } from '../../server/api/redaction.ts';
import type { BrokerSession } from '../../server/brokers/broker.ts';
import { decodeReply } from '../../server/celery/controlReply.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import type { EventListener } from '../../server/cluster/intakeSink.ts';
import { TaskDesk } from '../../server/cluster/taskDesk.ts';
import { EventLines } from '../../server/faces/cli/eventLine.ts';
import { TaskNames } from '../../server/faces/cli/taskNames.ts';
import { ChangeFan } from '../../server/faces/http/changeFan.ts';
import { Door } from '../../server/faces/http/door.ts';
import { EventFan } from '../../server/faces/http/eventFan.ts';
import { HttpFace } from '../../server/faces/http/httpFace.ts';
import { Metrics } from '../../server/faces/http/metrics.ts';
import { pageAsker } from '../../server/faces/http/pageAsker.ts';
import { Proxies } from '../../server/faces/http/proxies.ts';
import { routes } from '../../server/faces/http/routes.ts';
import { openHistory } from '../../server/history/openHistory.ts';
import { vocabularyNames } from '../../server/metrics/vocabularyNames.ts';
import { makeOutlet } from '../../server/outlet/outlet.ts';
import { Telemetry } from '../../server/telemetry/telemetry.ts';
import { aMemoryBroker } from '../unit/cluster/aMemoryBroker.ts';
import { aTerminal } from '../unit/faces/cli/aTerminal.ts';
import { hostileReply } from './hostileMessages.ts';
import type { Random } from './oddValues.ts';
import { otlpReceiver } from './otlpReceiver.ts';
import { readStream } from './readStream.ts';

/** Of a broker that tells nothing, and whose workers answer anything. */
const oddSession = (random: Random, workers: () => Iterable<string>): Partial<BrokerSession> => ({
  broadcast: async () => 1,
  openReplies: async (onReply) => ({
    ask: async (_command, ticket) => {
      const names = [...workers()];
      setImmediate(() => {
        for (const hostname of names)
          onReply({ ticket, hostname, value: valueIn(decodeReply(hostileReply(random), ticket)) });
      });
      return names.length;
    },
  }),
  mailboxNames: async () => null,
  publish: async () => undefined,
  purge: async () => 3,
  queueNames: async () => null,
  queueDepths: async () => [],
  overview: async () => ({ alarms: null, blockedConnections: null, missing: null }),
});

const valueIn = (reply: ReturnType<typeof decodeReply>): unknown => (reply && 'value' in reply ? reply.value : null);

export type WholeEngine = Awaited<ReturnType<typeof wholeEngine>>;

/** Everything that listens to a cluster, as `serve` and the commands put it together, on a broker in memory. */
export const wholeEngine = async (random: Random, now: () => number = Date.now) => {
  const said: string[] = [];
  const log = (sentence: string): void => void said.push(sentence);
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-hostile-'));
  const history = await openHistory({ folder, connectionId: 'h', workerFile: null, log, now: Date.now });
  const receiver = await otlpReceiver();
  const outlet = makeOutlet(defaultRedactPatterns);
  const events = new EventFan(outlet);
  const changes = new ChangeFan('h', outlet);
  const metrics = vocabularyNames.map((name) => new Metrics(name, 100, Date.now, { rejections: 0 }));
  const { terminal } = aTerminal();
  const [lines, names] = [new EventLines(), new TaskNames()];
  const { broker, deliver } = aMemoryBroker(oddSession(random, () => cluster.state.workers.keys()));
  const telemetry = new Telemetry(
    {
      url: receiver.url,
      headers: {},
      resource: {},
      version: '0',
      families: () => metrics.flatMap((each) => each.families(cluster)),
      outlet,
      log,
      now: Date.now,
    },
    1,
  );
  const listeners: Readonly<Record<string, EventListener>> = {
    'event stream': (event) => events.publish(event),
    metrics: (event) => {
      for (const each of metrics) each.note(event, cluster);
    },
    telemetry: (event) => telemetry.note(event, cluster.state),
    output: (event) => void lines.line(terminal.outlet.event(event), names.of(event), terminal.page),
    counter: () => {
      heard.events++;
    },
  };
  const heard = { events: 0, batches: 0 };
  const url = 'memory://';
  const connection = { id: 'h', name: 'h', url, transportOptions: {}, workerLostAfterMs: 20_000, maxTasks: 300 };
  const cluster = new Cluster({ connection, broker, epoch: 'h', now: Date.now, log, history, listeners });
  cluster.listen((batch) => {
    heard.batches++;
    changes.note(batch.changes);
    JSON.stringify(batch);
  });
  await cluster.restore();
  cluster.start();
  telemetry.start();
  const tasks = new TaskDesk(connection, cluster, history);
  const askForPage = pageAsker(cluster, tasks);
  const proxies = new Proxies([]);
  const face = new HttpFace({
    served: {
      cluster,
      tasks,
      door: new Door({
        rules: { hosts: ['127.0.0.1'], token: null, trustedHeader: null },
        proxies,
        now: Date.now,
        log,
      }),
      metrics: metrics[0] ?? new Metrics('celeriac', 1, Date.now, { rejections: 0 }),
      askForPage,
      events,
      changes,
      now,
      pageFolder: folder,
      allowsWriting: true,
      routes,
      version: '0',
    },
    proxies,
    host: '127.0.0.1',
    port: 0,
    log,
  });
  const address = `http://127.0.0.1:${await face.listen()}`;
  const streams = [await readStream(`${address}/api/v1/events`), await readStream(`${address}/page/changes`)];
  return {
    cluster,
    history,
    metrics,
    tasks,
    askForPage,
    address,
    said,
    heard,
    deliver,
    page: terminal.page,
    /** What was sent that is no JSON. */
    unreadable: () => [...streams.flatMap((stream) => stream.unreadable), ...receiver.unreadable],
    close: async (): Promise<void> => {
      await Promise.all(streams.map((stream) => stream.close()));
      await telemetry.stop();
      await face.close();
      await tasks.close();
      await cluster.stop();
      await history.close();
      await receiver.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
