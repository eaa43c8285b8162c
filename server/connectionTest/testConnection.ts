import type { ConnectionTest, TestStage } from '../api/connectionTest.ts';
import type { ControlOutcome } from '../api/control.ts';
import { type ErrorCode, toErrorData } from '../api/errors.ts';
import type { ConnectionConfig, Worker } from '../api/model.ts';
import type { BrokerListener, BrokerSession } from '../brokers/broker.ts';
import type { BrokerProbe, ProbeTarget } from '../brokers/probe.ts';
import { BeatBook, hasBeatName } from '../cluster/beatBook.ts';
import { Mailbox } from '../cluster/mailbox.ts';
import { within } from '../waits/within.ts';
import { createProbe } from './createProbe.ts';
import { type Findings, Minutes, StageFailed } from './minutes.ts';
import { encrypt, lookUp, reach } from './network.ts';

/** The whole test takes no longer than this, whatever the other side does. */
const wholeMs = 10_000;
const networkMs = 3_000;
const enterMs = 5_000;
const pingMs = 1_500;
/** Of all workers' answers to a ping. */
const pongBytes = 16 * 1024 * 1024;
const goodbyeMs = 1_000;

/** Takes the way from the URL to an answering worker one step at a time, and says where it ends and what to do. */
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
  return { maskedUrl, brokerKind: kind, stages: minutes.all, tookMs: now() - startedAt };
};

/** The first of several servers that can be reached; when none can, the first one's failure is the one to tell. */
const reachAny = async (probe: BrokerProbe, minutes: Minutes): Promise<ProbeTarget | null> => {
  if (probe.targets.length === 0) {
    for (const stage of ['dns', 'tcp', 'tls', 'auth'] as const) minutes.skip(stage, 'Folders need none.');
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
  throw new StageFailed('None of the servers can be reached.');
};

const reachOne = async (target: ProbeTarget, minutes: Minutes): Promise<void> => {
  const { address, product, tls } = target;
  await minutes.stage('dns', {
    timeoutMs: networkMs,
    late: `No name server answered within ${networkMs / 1000} s. Check the network or the VPN.`,
    act: () => lookUp(target),
    found: (addresses) => addresses && `${address} is ${addresses.join(', ')}.`,
    nothing: `${address} is no name, there is nothing to look up.`,
  });
  await minutes.stage('tcp', {
    timeoutMs: networkMs,
    late: `${address} did not answer within ${networkMs / 1000} s. Check the host, the port, and whether a firewall or VPN stands between.`,
    act: (signal) => reach(target, signal),
    found: () => `Something listens at ${address}.`,
  });
  await minutes.stage('tls', {
    timeoutMs: networkMs,
    late: `${address} takes connections but does not speak TLS. Use the TLS port of ${product}, or a URL without TLS.`,
    act: async (signal) => (tls ? encrypt(target, tls(), signal) : null),
    found: (protocol) => protocol && `Encrypted with ${protocol}, and the certificate is good.`,
    nothing: 'The connection is not encrypted.',
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
      late: `${target?.address ?? probe.place} did not answer within ${enterMs / 1000} s. Look whether the server is overloaded or stopped.`,
      act: (signal) => probe.enter(target, signal),
      found: () => null,
    });
  } catch (error) {
    const { code, sentence } = toErrorData(error);
    const stage = target ? stageOf(code) : 'place';
    const tookMs = now() - startedAt;
    if (stage === 'place' && target) minutes.passed('auth', tookMs, 'Signed in.');
    if (stage === 'auth' && target && code !== 'brokerAuth' && (await wantsTls(target, minutes)))
      minutes.fail('tls', tookMs, mustEncrypt(probe, target));
    minutes.fail(stage, tookMs, sentence);
  }
  const tookMs = now() - startedAt;
  if (target) minutes.passed('auth', tookMs, 'Signed in.');
  minutes.passed('place', tookMs, `Entered ${probe.place}.`);
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

/** A server that expects a handshake answers plain words with silence or by hanging up. */
const wantsTls = async (target: ProbeTarget, minutes: Minutes): Promise<boolean> => {
  if (target.tls) return false;
  const act = (signal: AbortSignal): Promise<string> => encrypt(target, { rejectUnauthorized: false }, signal);
  return minutes.take({ timeoutMs: networkMs, late: '', act, found: () => null }).then(
    () => true,
    () => false,
  );
};

const mustEncrypt = ({ encryptedScheme }: BrokerProbe, { address }: ProbeTarget): string =>
  `${address} speaks TLS, and the connection does not ask for it. Begin the URL with ${encryptedScheme}://.`;

/** That we may hear is enough; what is said does not matter here. */
const deaf: BrokerListener = { onDelivery: () => undefined, onLost: () => undefined, onBlocked: () => undefined };

const hearAndPing = async (probe: BrokerProbe, minutes: Minutes, now: () => number): Promise<void> => {
  const session = await minutes.stage('events', {
    timeoutMs: enterMs,
    late: `The events were not subscribed to within ${enterMs / 1000} s. Look whether the server is overloaded.`,
    act: (signal) => probe.broker.connect(deaf, signal),
    found: ({ server }) => `${server.product} ${server.version ?? ''}`.trim().concat(' sends us the events.'),
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
    late: 'The workers could not be asked in time. Look whether the broker is overloaded.',
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

const answeredWords = (outcome: ControlOutcome): string => {
  const names = answeringWorkers(outcome);
  const shown = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `${names.length} ${names.length === 1 ? 'worker' : 'workers'} answered: ${shown}${more}.`;
};

const nobodyAnswered = ({ replies }: ControlOutcome, { place }: BrokerProbe): string => {
  const silent = replies.find((reply) => reply.kind === 'silent');
  if (silent) return silent.sentence;
  return `The broker is well, but no worker answered. Start one (celery -A yourapp worker), or check that the workers use ${place}.`;
};
