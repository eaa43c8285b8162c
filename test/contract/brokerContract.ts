import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { CeleriacError, type ErrorCode } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import type { Broker } from '../../server/brokers/broker.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import type { ControlMessage } from '../../server/celery/control.ts';
import { LabLacks, until } from '../lab/lab.ts';
import { commands } from './commandContract.ts';
import { openRecorded, type RecordedSession } from './recordedSession.ts';

/** One way in which a connection must fail, and how it must say so. */
export interface BadConnection {
  /** Ends the sentence "refuses …". */
  readonly title: string;
  readonly config: ConnectionConfig;
  readonly code: ErrorCode;
  readonly sentence: RegExp;
}

export interface ContractWorker {
  readonly hostname: string;
  stop(): Promise<void>;
}

/** A real broker of one kind, as the contract suite needs it. The suite opens several, one after the other. */
export interface ContractSubject {
  readonly config: ConnectionConfig;
  /** What the session must tell of the server. */
  readonly product: RegExp;
  /** Secrets in the configurations, none of which may appear in a sentence or in a masked URL. */
  readonly secrets: readonly string[];
  readonly badConnections: readonly BadConnection[];
  /** Whether its workers put several task events into one message (those whose transport is asynchronous). */
  readonly batchesEvents: boolean;
  /** Starts a Celery worker that sends events; resolves when it is ready. */
  startWorker(name: string): Promise<ContractWorker>;
  /** Sends `count` short tasks of the lab's project and returns at once; workers consume `default`, as left out here. */
  sendTasks(count: number, queue?: string): Promise<void>;
  /** Puts these bytes where workers put their events, as they are. */
  publishRaw(bytes: Buffer): Promise<void>;
  /** Everything that a session could leave in the broker: keys, queues, bindings, files; in any fixed order. */
  footprint(): Promise<readonly string[]>;
  /** Ends the server at once, without a goodbye. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** A broker that is reached through a connection, which can fail in ways of its own. */
export interface ConnectedSubject extends ContractSubject {
  /** A way in that can fall silent while its connections stay open. */
  readonly stallable: { readonly config: ConnectionConfig; stall(): Promise<void>; resume(): Promise<void> };
  /** A way to something that takes the connection and never says a word. */
  readonly mute: ConnectionConfig;
}

const heartbeat: ControlMessage = {
  method: 'heartbeat',
  arguments: {},
  destination: null,
  pattern: null,
  matcher: null,
};

/** What every broker must do for the engine, shown on a real server. */
export const brokerContract = (name: string, open: () => Promise<ContractSubject>): void => {
  describe(`${name}: with workers`, { timeout: 120_000, concurrency: 1 }, () => withWorkers(suite(open)));
  describe(`${name}: commands`, { timeout: 180_000, concurrency: 1 }, () => commands(suite(open)));
  describe(`${name}: sessions`, { timeout: 120_000, concurrency: 1 }, () => sessions(suite(open)));
};

/** What a broker behind a connection must do besides. */
export const connectionContract = (name: string, open: () => Promise<ConnectedSubject>): void => {
  describe(`${name}: its connection`, { timeout: 120_000 }, () => connections(suite(open)));
};

export type Check<S extends ContractSubject> = (
  title: string,
  body: (subject: S, t: TestContext) => Promise<void>,
) => void;

/** Opens a subject for the tests of one suite; where the machine lacks what it needs, each test is skipped and says so. */
const suite = <S extends ContractSubject>(open: () => Promise<S>): Check<S> => {
  let subject: S | null = null;
  let lacks: string | null = null;
  before(async () => {
    try {
      subject = await open();
    } catch (error) {
      if (!(error instanceof LabLacks)) throw error;
      lacks = error.message;
    }
  });
  after(async () => {
    await subject?.close();
  });
  return (title, body) => {
    it(title, async (t) => {
      if (lacks !== null) return t.skip(lacks);
      assert.ok(subject, 'the subject could not be opened');
      try {
        await body(subject, t);
      } catch (error) {
        if (!(error instanceof LabLacks)) throw error;
        t.skip(error.message);
      }
    });
  };
};

const withWorkers = (check: Check<ContractSubject>): void => {
  // First, because kombu's filesystem broker never forgets a worker's mailbox.
  check('reaches every worker with a broadcast and tells how many took it', async (subject, t) => {
    const one = await subject.startWorker('one');
    const two = await subject.startWorker('two');
    const session = await openSession(t, subject.config);
    // A worker calls itself ready a moment before it opens its mailbox.
    await until('both workers have their mailboxes', async () => {
      const took = await session.broadcast(heartbeat);
      assert.ok(took === null || took <= 2, `${took} mailboxes took it`);
      return took === null || took === 2;
    });
    for (const worker of [one, two]) {
      await session.event((event) => event.hostname === worker.hostname && event['freq'] === 5);
    }
    await Promise.all([one.stop(), two.stop()]);
  });

  check('hears a worker come online, beat and leave', async (subject, t) => {
    const session = await openSession(t, subject.config);
    const worker = await subject.startWorker('coming');
    await session.event((event) => event.type === 'worker-online' && event.hostname === worker.hostname);
    await session.event((event) => event.type === 'worker-heartbeat' && event.hostname === worker.hostname);
    await worker.stop();
    await session.event((event) => event.type === 'worker-offline' && event.hostname === worker.hostname);
  });

  check('hears every event of every task, also those that come in batches', async (subject, t) => {
    const session = await openSession(t, subject.config);
    const worker = await subject.startWorker('tasks');
    await subject.sendTasks(30);
    await session.count(30, (event) => event.type === 'task-received');
    await session.count(30, (event) => event.type === 'task-started');
    await session.count(30, (event) => event.type === 'task-succeeded');
    assert.deepEqual(session.problems, []);
    if (subject.batchesEvents) assert.ok(session.batches > 0, 'no message held several events');
    await worker.stop();
  });
};

const sessions = (check: Check<ContractSubject>): void => {
  check('tells which server it is and never shows a secret in its address', async (subject, t) => {
    const broker = createBroker(subject.config);
    const session = await openSession(t, subject.config);
    assert.match(session.server.product, subject.product);
    assertNoSecret(subject, broker.maskedUrl);
  });

  check('refuses each wrong setting with the stage that failed and no secret', async (subject, t) => {
    for (const bad of subject.badConnections) {
      await t.test(`refuses ${bad.title}`, async () => {
        const error = await failure(createBroker(bad.config));
        assert.equal(error.code, bad.code, error.message);
        assert.match(error.message, bad.sentence);
        assertNoSecret(subject, inspect(error, { depth: 10 }));
      });
    }
  });

  check('leaves nothing behind when it closes', async (subject) => {
    const before = await subject.footprint();
    const session = await openRecorded(createBroker(subject.config));
    await session.broadcast(heartbeat);
    await session.close();
    await session.close();
    assert.deepEqual(await subject.footprint(), before);
    assert.equal(await session.ended, null);
  });

  check('serves two sessions at once, each with every event', async (subject, t) => {
    const one = await openSession(t, subject.config);
    const two = await openSession(t, subject.config);
    await subject.publishRaw(Buffer.from('for both'));
    await Promise.all([one.raw('for both'), two.raw('for both')]);
    await one.close();
    await subject.publishRaw(Buffer.from('for the second'));
    await two.raw('for the second');
  });

  check('hands on garbage as it is and goes on', async (subject, t) => {
    const session = await openSession(t, subject.config);
    const garbage = [Buffer.from('{"body": '), Buffer.from([0, 255, 13, 10, 254]), Buffer.alloc(300_000, 120)];
    for (const bytes of garbage) await subject.publishRaw(bytes);
    for (const bytes of garbage) await session.raw(bytes);
    await subject.publishRaw(Buffer.from('still here'));
    await session.raw('still here');
  });

  check('does not connect when it is told to stop before it began', async (subject) => {
    const error = await failure(createBroker(subject.config), AbortSignal.abort());
    assert.equal(error.code, 'cancelled');
  });

  // Last: it ends the server.
  check(
    'notices at once that the server died, says so, and fails what is asked of it afterwards',
    async (subject, t) => {
      const session = await openSession(t, subject.config);
      await subject.kill();
      const since = performance.now();
      const error = await session.ended;
      assert.ok(error instanceof CeleriacError, String(error));
      assertNoSecret(subject, error.message);
      assert.ok(performance.now() - since < 5_000, `it took ${Math.round(performance.now() - since)} ms`);
      await assert.rejects(session.broadcast(heartbeat), CeleriacError);
      const again = await failure(createBroker(subject.config));
      assert.match(again.code, /^broker(Unreachable|Missing)$/);
    },
  );
};

const connections = (check: Check<ConnectedSubject>): void => {
  check('stops connecting when told to', async (subject) => {
    const abort = new AbortController();
    const since = performance.now();
    setTimeout(() => abort.abort(), 300);
    const error = await failure(createBroker(subject.mute), abort.signal);
    assert.equal(error.code, 'cancelled');
    assert.ok(performance.now() - since < 2_000, `it took ${Math.round(performance.now() - since)} ms`);
  });

  check('does not wait for ever for a server that takes the connection and says nothing', async (subject) => {
    const error = await failure(createBroker(subject.mute));
    assert.equal(error.code, 'brokerUnreachable', error.message);
    assert.match(error.message, /did not answer within \d+ s/);
    assertNoSecret(subject, error.message);
  });

  check('notices within 15 seconds that the connection has gone silent', async (subject, t) => {
    const { stallable } = subject;
    const session = await openSession(t, stallable.config);
    await stallable.stall();
    const since = performance.now();
    const error = await session.ended;
    await stallable.resume();
    assert.ok(error instanceof CeleriacError, String(error));
    assert.equal(error.code, 'brokerUnreachable');
    assert.ok(performance.now() - since < 15_500, `it took ${Math.round(performance.now() - since)} ms`);
  });
};

const openSession = async (t: TestContext, config: ConnectionConfig): Promise<RecordedSession> => {
  const session = await openRecorded(createBroker(config));
  t.after(() => session.close());
  return session;
};

/** The error with which a broker refuses to connect. */
const failure = async (broker: Broker, signal: AbortSignal = new AbortController().signal): Promise<CeleriacError> => {
  try {
    const session = await openRecorded(broker, signal);
    await session.close();
  } catch (error) {
    assert.ok(error instanceof CeleriacError, `not a CeleriacError: ${error instanceof Error ? error.stack : error}`);
    return error;
  }
  assert.fail('it connected');
};

const assertNoSecret = (subject: ContractSubject, text: string): void => {
  for (const secret of subject.secrets) assert.ok(!text.includes(secret), `a secret shows in: ${text}`);
};
