import type { ConnectionTest, TestStage } from '../api/connectionTest.ts';
import type { ControlOutcome } from '../api/control.ts';
import { type ErrorCode, phraseOf, toErrorData } from '../api/errors.ts';
import type { ConnectionConfig, Worker } from '../api/model.ts';
import { inWords, type Phrase, phrase, phraseIn } from '../api/phrase.ts';
import type { BrokerListener, BrokerSession } from '../brokers/broker.ts';
import type { BrokerProbe, ProbeTarget } from '../brokers/probe.ts';
import { BeatBook, hasBeatName } from '../cluster/beatBook.ts';
import { Mailbox } from '../cluster/mailbox.ts';
import { within } from '../waits/within.ts';
import { createProbe } from './createProbe.ts';
import { type Findings, Minutes, StageFailed } from './minutes.ts';
import { encrypt, lookUp, reach } from './network.ts';
import { findStranger, type Stranger } from './stranger.ts';

/** The whole test takes no longer than this, whatever the other side does. */
const wholeMs = 10_000;
const networkMs = 3_000;
const enterMs = 5_000;
const pingMs = 1_500;
/** A server that speaks the protocol has answered by then, or is slow; another one would be silent for good. */
const silentMs = 1_000;
/** Of all workers' answers to a ping. */
const pongBytes = 16 * 1024 * 1024;
const goodbyeMs = 1_000;

/** Goes from the URL to an answering worker one step at a time, and reports where it fails and what to do. */
export const testConnection = async (connection: ConnectionConfig, now: () => number): Promise<ConnectionTest> => {
  const probe = createProbe(connection);
  const startedAt = now();
  const whole = new AbortController();
  const timer = setTimeout(() => whole.abort(), wholeMs);
  const minutes = new Minutes(now, whole.signal);
  try {
    const target = await reachAny(probe, minutes);
    await enter(probe, target, minutes, now);
    await hearAndPing(probe, minutes, now);
  } catch (error) {
    if (!(error instanceof StageFailed)) throw error;
  } finally {
    clearTimeout(timer);
  }
  const { kind, maskedUrl } = probe.broker;
  const { all: stages, suggestedScheme } = minutes;
  return { maskedUrl, brokerKind: kind, stages, tookMs: now() - startedAt, suggestedScheme };
};

/** The first of several servers that can be reached; when none can, the first one's failure is the one to tell. */
const reachAny = async (probe: BrokerProbe, minutes: Minutes): Promise<ProbeTarget | null> => {
  if (probe.targets.length === 0) {
    for (const stage of ['dns', 'tcp', 'tls', 'auth'] as const) minutes.skip(stage, phrase('test.foldersOnly'));
    return null;
  }
  const failures: Findings[] = [];
  for (const target of probe.targets) {
    try {
      await reachOne(target, minutes);
      return target;
    } catch (error) {
      if (!(error instanceof StageFailed)) throw error;
      failures.push(minutes.tearOut());
    }
  }
  const [first] = failures;
  if (first) minutes.putBack(first);
  throw new StageFailed();
};

const reachOne = async (target: ProbeTarget, minutes: Minutes): Promise<void> => {
  const { address, product, tls } = target;
  await minutes.stage('dns', {
    timeoutMs: networkMs,
    late: phrase('test.noNameServer', { waited: networkMs / 1000 }),
    act: () => lookUp(target),
    found: (addresses) => addresses && phrase('test.resolved', { address, found: addresses.join(', ') }),
    nothing: phrase('test.isAddress', { address }),
  });
  await minutes.stage('tcp', {
    timeoutMs: networkMs,
    late: phrase('socket.unanswered', { address }),
    act: (signal) => reach(target, signal),
    found: () => phrase('test.listens', { address }),
  });
  await minutes.stage('tls', {
    timeoutMs: networkMs,
    late: phrase('test.noTls', { address, product }),
    act: async (signal) => (tls ? encrypt(target, tls(), signal) : null),
    found: (protocol) => (protocol === null ? null : phrase('test.encrypted', { protocol })),
    nothing: phrase('test.plain'),
  });
};

/** Signing in and going to the place is one step for us; the kind of the failure says how far it went. */
const enter = async (
  probe: BrokerProbe,
  target: ProbeTarget | null,
  minutes: Minutes,
  now: () => number,
): Promise<void> => {
  const startedAt = now();
  try {
    await minutes.take({
      timeoutMs: enterMs,
      late: phrase('test.noLogin', { address: target?.address ?? inWords(probe.place), waited: enterMs / 1000 }),
      act: (signal) => {
        const entering = probe.enter(target, signal);
        return target ? within(entering, silentMs, () => unlessStranger(target, signal, entering)) : entering;
      },
      found: () => null,
    });
  } catch (error) {
    const { code } = toErrorData(error);
    const stage = target ? stageOf(code) : 'place';
    const tookMs = now() - startedAt;
    if (target && stage === 'auth' && code !== 'brokerAuth') await refuseStranger(target, error, minutes, tookMs);
    if (stage === 'place' && target) minutes.passed('auth', tookMs, phrase('test.signedIn'));
    if (stage === 'auth' && target && code !== 'brokerAuth' && (await wantsTls(target, minutes)))
      minutes.fail('tls', tookMs, mustEncrypt(probe, target), probe.encryptedScheme);
    minutes.fail(stage, tookMs, phraseOf(error));
  }
  const tookMs = now() - startedAt;
  if (target) minutes.passed('auth', tookMs, phrase('test.signedIn'));
  minutes.passed('place', tookMs, phrase('test.entered', { place: probe.place }));
};

const stageOf = (code: ErrorCode): TestStage => {
  switch (code) {
    case 'brokerTls':
      return 'tls';
    case 'brokerMissing':
    case 'brokerPermission':
      return 'place';
    default:
      return 'auth';
  }
};

/** Waits on, unless another kind of server answers at this place: those of AMQP wait for us, and Redis waits for them. */
const unlessStranger = async (target: ProbeTarget, signal: AbortSignal, entering: Promise<void>): Promise<void> => {
  const stranger = await findStranger(target, signal);
  if (stranger) throw new StrangerAnswers(stranger);
  return entering;
};

class StrangerAnswers extends Error {
  readonly stranger: Stranger;

  constructor(stranger: Stranger) {
    super();
    this.stranger = stranger;
  }
}

/** Ends the test where another kind of server answers. */
const refuseStranger = async (target: ProbeTarget, error: unknown, minutes: Minutes, tookMs: number): Promise<void> => {
  const act = (signal: AbortSignal): Promise<Stranger | null> => findStranger(target, signal);
  const look = minutes.take({ timeoutMs: silentMs, late: noAnswer, act, found: () => null });
  const stranger =
    error instanceof StrangerAnswers
      ? error.stranger
      : await look.then(
          ({ value }) => value,
          () => null,
        );
  if (stranger) minutes.fail('auth', tookMs, stranger.what, stranger.scheme);
};

/** A server that expects a handshake answers plain words with silence or by hanging up. */
const wantsTls = async (target: ProbeTarget, minutes: Minutes): Promise<boolean> => {
  if (target.tls) return false;
  const act = (signal: AbortSignal): Promise<string> => encrypt(target, { rejectUnauthorized: false }, signal);
  return minutes.take({ timeoutMs: networkMs, late: noAnswer, act, found: () => null }).then(
    () => true,
    () => false,
  );
};

const mustEncrypt = ({ encryptedScheme }: BrokerProbe, { address }: ProbeTarget): Phrase =>
  phrase('test.expectsTls', { address, scheme: encryptedScheme ?? '' });

/** For a look whose failure nobody sees. */
const noAnswer = phrase('plain', { text: '' });

/** That we may hear is enough; what is said does not matter here. */
const deaf: BrokerListener = { onDelivery: () => undefined, onLost: () => undefined, onBlocked: () => undefined };

const hearAndPing = async (probe: BrokerProbe, minutes: Minutes, now: () => number): Promise<void> => {
  const session = await minutes.stage('events', {
    timeoutMs: enterMs,
    late: phrase('test.notSubscribed', { waited: enterMs / 1000 }),
    act: (signal) => probe.broker.connect(deaf, signal),
    found: ({ server }) => phrase('test.subscribed', { server: `${server.product} ${server.version ?? ''}`.trim() }),
  });
  try {
    await ping(session, probe, minutes, now);
  } finally {
    await within(session.close(), goodbyeMs, () => undefined);
  }
};

const ping = async (session: BrokerSession, probe: BrokerProbe, minutes: Minutes, now: () => number): Promise<void> => {
  const startedAt = now();
  const outcome = await minutes.stage('ping', {
    timeoutMs: pingMs * 3,
    late: phrase('test.pingTooSlow'),
    act: () =>
      new Mailbox({
        session,
        workers: nobody,
        beats: new BeatBook(nobody),
        now,
        limitBytes: pongBytes,
        onTooLarge: () => undefined,
      }).ask({
        method: 'ping',
        arguments: {},
        timeoutMs: pingMs,
      }),
    found: answeredWords,
  });
  if (answeringWorkers(outcome).length === 0) minutes.fail('ping', now() - startedAt, nobodyAnswered(outcome, probe));
};

const nobody = (): ReadonlyMap<string, Worker> => new Map();

/** A beat that answers pings runs no tasks. */
const answeringWorkers = ({ replies }: ControlOutcome): readonly string[] =>
  replies.filter(({ kind, hostname }) => kind === 'answered' && !hasBeatName(hostname)).map(({ hostname }) => hostname);

const answeredWords = (outcome: ControlOutcome): Phrase => {
  const names = answeringWorkers(outcome);
  const named = { n: names.length, workers: names.slice(0, 3).join(', ') };
  return names.length > 3
    ? phrase('test.manyAnswered', { ...named, more: names.length - 3 })
    : phrase('test.answered', named);
};

const nobodyAnswered = ({ replies }: ControlOutcome, { place }: BrokerProbe): Phrase => {
  const silent = replies.find((reply) => reply.kind === 'silent');
  return silent ? phraseIn(silent) : phrase('test.noWorker', { place });
};
