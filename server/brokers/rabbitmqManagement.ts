import type { QueueManagement } from '../api/model.ts';
import { phrase, type Worded, worded } from '../api/phrase.ts';
import { isRecord } from '../celery/isRecord.ts';
import { wordOf } from '../celery/wordOf.ts';
import type { AmqpHost } from './amqpTarget.ts';
import { managementAddress } from './rabbitmqManagementAddress.ts';
import { explainAbsence } from './rabbitmqManagementErrors.ts';
import { HttpRefusal, ManagementHttp } from './rabbitmqManagementHttp.ts';

export interface ManagedQueue {
  readonly ready: number | null;
  readonly unacked: number | null;
  readonly consumers: number | null;
  readonly management: QueueManagement;
}

/** How the server itself is. Null: this user may not see it, for which it needs the tag "monitoring". */
export interface ManagementOverview {
  readonly version: string | null;
  /** One sentence for each node that is short of memory or disk space, or down. */
  readonly alarms: readonly Worded[] | null;
  /** How many connections RabbitMQ does not read from at present, because they publish. */
  readonly blockedConnections: number | null;
}

const probeMs = 1_000;
const answerMs = 10_000;
/** Somebody may enable the plugin, or give the right, while we are connected. */
const absentForMs = 60_000;

/**
 * RabbitMQ's management API, which may be there or not. It is looked for when it is first needed; where it cannot be
 * asked everything answers null, and `absence` says why.
 */
export class RabbitmqManagement {
  readonly #host: AmqpHost;
  /** Whose API it must be: another RabbitMQ may listen on the port that this one would use. */
  readonly #clusterName: string | null;
  readonly #vhost: string;
  readonly #now: () => number;
  #http: Promise<ManagementHttp | null> | null = null;
  #absence: { readonly sentence: string; readonly until: number } | null = null;

  constructor(host: AmqpHost, clusterName: string | null, now: () => number = () => performance.now()) {
    this.#host = host;
    this.#clusterName = clusterName;
    this.#vhost = encodeURIComponent(host.vhost);
    this.#now = now;
  }

  /** Why it could not be asked last; null when it could, or when nobody has tried. */
  get absence(): string | null {
    return this.#absence?.sentence ?? null;
  }

  async queueNames(): Promise<readonly string[] | null> {
    const rows = await this.#get(`queues/${this.#vhost}?columns=name&disable_stats=true`);
    return rows === null ? null : records(rows).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  }

  /**
   * All queues of the virtual host, in one request. Rates and memory cost RabbitMQ seconds of work where there are very
   * many queues, and come only when asked for.
   */
  async queues(options: { readonly withRates: boolean }): Promise<ReadonlyMap<string, ManagedQueue> | null> {
    const columns = [...plainColumns, ...(options.withRates ? costlyColumns : [])].join(',');
    const cheaply = options.withRates ? '' : '&disable_stats=true&enable_queue_totals=true';
    const rows = await this.#get(`queues/${this.#vhost}?columns=${columns}${cheaply}`);
    return rows === null ? null : new Map(records(rows).map((row) => [String(row['name']), toManagedQueue(row)]));
  }

  /** The queues bound to an exchange; none where there is no such exchange. */
  async boundQueues(exchange: string): Promise<readonly string[] | null> {
    const path = `exchanges/${this.#vhost}/${encodeURIComponent(exchange)}/bindings/source`;
    const rows = await this.#get(path, []);
    if (rows === null) return null;
    return records(rows).flatMap((row) => (row['destination_type'] === 'queue' ? [String(row['destination'])] : []));
  }

  async overview(): Promise<ManagementOverview | null> {
    const [overview, nodes, connections] = await Promise.all([
      this.#get('overview?disable_stats=true'),
      this.#get('nodes?columns=name,running,mem_alarm,disk_free_alarm', null),
      this.#get(`vhosts/${this.#vhost}/connections?columns=state`, null),
    ]);
    if (!isRecord(overview)) return null;
    // A user that may not see the nodes sees only its own connections.
    const seesAll = nodes !== null && connections !== null;
    const isBlocked = ({ state }: Row): boolean => state === 'blocked' || state === 'blocking';
    return {
      version: textOf(overview['rabbitmq_version']),
      alarms: seesAll ? records(nodes).flatMap(alarmsOf) : null,
      blockedConnections: seesAll ? records(connections).filter(isBlocked).length : null,
    };
  }

  close(): void {
    this.#http?.then((http) => http?.close());
  }

  /** Null when it cannot be asked. A refusal of this one thing gives `ifRefused`, where that is given. */
  async #get(path: string, ifRefused?: unknown): Promise<unknown> {
    if (this.#absence && this.#now() < this.#absence.until) return null;
    this.#http ??= this.#find();
    const http = await this.#http;
    if (!http) return null;
    try {
      return await http.get(path, answerMs);
    } catch (error) {
      if (error instanceof HttpRefusal && ifRefused !== undefined) return ifRefused;
      this.#miss(explainAbsence(error, this.#host));
      http.close();
      return null;
    }
  }

  async #find(): Promise<ManagementHttp | null> {
    const address = managementAddress(this.#host);
    if (typeof address === 'string') return this.#miss(address);
    const http = new ManagementHttp(address);
    try {
      if (address.isLoginOfBroker && !(await http.showsRabbitmq(probeMs))) {
        http.close();
        return this.#miss(strangeSentence(address.url));
      }
      const overview = await http.get('overview?columns=rabbitmq_version,cluster_name&disable_stats=true', probeMs);
      const stranger = this.#strangerIn(overview, address.url);
      if (stranger === null) {
        this.#absence = null;
        return http;
      }
      this.#miss(stranger);
    } catch (error) {
      this.#miss(explainAbsence(error, this.#host));
    }
    http.close();
    return null;
  }

  #strangerIn(overview: unknown, url: URL): string | null {
    const { origin } = url;
    if (!isRecord(overview) || typeof overview['rabbitmq_version'] !== 'string') return strangeSentence(url);
    const other = textOf(overview['cluster_name']);
    if (other === null || this.#clusterName === null || other === this.#clusterName) return null;
    return `The management API at ${origin} belongs to another RabbitMQ ("${other}" instead of "${this.#clusterName}"). Set management_url to the right one.`;
  }

  #miss(sentence: string): null {
    this.#absence = { sentence, until: this.#now() + absentForMs };
    this.#http = null;
    return null;
  }
}

const strangeSentence = ({ origin }: URL): string =>
  `The server at ${origin} is not the management API of RabbitMQ, so the broker password was not sent there. Set management_url to the API, with its own user if needed.`;

type Row = Readonly<Record<string, unknown>>;

const plainColumns = ['name', 'type', 'state', 'arguments', 'messages_ready', 'messages_unacknowledged'];
const costlyColumns = [
  'memory',
  'consumers',
  'message_stats.publish_details.rate',
  'message_stats.deliver_get_details.rate',
  'message_stats.ack_details.rate',
];

const toManagedQueue = (row: Row): ManagedQueue => {
  const stats = row['message_stats'];
  return {
    ready: numberOf(row['messages_ready']),
    unacked: numberOf(row['messages_unacknowledged']),
    consumers: numberOf(row['consumers']),
    management: {
      type: textOf(row['type']),
      state: textOf(row['state']),
      memoryBytes: numberOf(row['memory']),
      publishPerSecond: rateOf(stats, 'publish_details'),
      deliverPerSecond: rateOf(stats, 'deliver_get_details'),
      ackPerSecond: rateOf(stats, 'ack_details'),
      arguments: isRecord(row['arguments']) ? row['arguments'] : {},
    },
  };
};

const alarmsOf = (row: Row): Worded[] => {
  const node = wordOf(row['name']);
  if (row['running'] === false) return [worded(phrase('management.nodeDown', { node }))];
  return [
    ...(row['mem_alarm'] === true ? [worded(phrase('management.memoryAlarm', { node }))] : []),
    ...(row['disk_free_alarm'] === true ? [worded(phrase('management.diskAlarm', { node }))] : []),
  ];
};

const rateOf = (stats: unknown, name: string): number | null => {
  const details = isRecord(stats) ? stats[name] : null;
  return isRecord(details) ? numberOf(details['rate']) : null;
};

const records = (rows: unknown): readonly Row[] => (Array.isArray(rows) ? rows.filter(isRecord) : []);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
