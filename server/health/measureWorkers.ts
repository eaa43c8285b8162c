import { isLiving, type Worker } from '../api/model.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import { forEachOf, type Sliced } from '../state/queries/slices.ts';
import type { HealthFacts, RunningTask } from './facts.ts';
import type { IndexedFacts } from './indexFacts.ts';
import { type Measurement, type NoteMeasurements, ofCluster, ofWorker, subjectsAtOnce } from './measurement.ts';

/** After an hour of silence it is gone for good, and no news any more. */
const goneAfterSeconds = 3_600;
const fiveMinutesMs = 300_000;
const countedMs = 3_000_000;

export function* measureWorkers(facts: IndexedFacts, note: NoteMeasurements): Sliced<void> {
  note(measureLife(facts));
  const ofHeard = (worker: Worker): void => {
    note(measureSilence(worker, facts));
    note(measureProgress(worker, facts));
    note(measureBeats(worker, facts));
    note(measureEvents(worker, facts));
  };
  const ofAsked = (hostname: string): void => {
    note(measureAnswers(hostname, facts));
    note(measureResources(hostname, facts));
  };
  yield* forEachOf(facts.workers, ofHeard, subjectsAtOnce);
  yield* forEachOf(facts.surveys.keys(), ofAsked, subjectsAtOnce);
  note(measureOrphans(facts));
}

/** Those that are heard, and those that only answer. */
export const livingNames = (facts: HealthFacts): readonly string[] => {
  const heard = facts.workers.filter(isLiving).map(({ hostname }) => hostname);
  const answering = [...facts.surveys.values()].filter(({ answeredAt, missed }) => answeredAt !== null && missed === 0);
  const gone = new Set(facts.workers.filter((worker) => !isLiving(worker)).map(({ hostname }) => hostname));
  return [...new Set([...heard, ...answering.map(({ hostname }) => hostname).filter((name) => !gone.has(name))])];
};

const measureLife = (facts: IndexedFacts): readonly Measurement[] => {
  // Who sends no events is known only by asking.
  if (facts.surveyedAt === null && facts.workers.length === 0) return [];
  const living = livingNames(facts).length;
  const what = (limit: Phrase): Phrase => phrase('health.noWorkers', { limit });
  return [{ rule: 'noWorkers', subject: ofCluster, figure: living === 0 ? 1 : 0, what }];
};

const measureSilence = (worker: Worker, facts: IndexedFacts): readonly Measurement[] => {
  const { hostname, status } = worker;
  if (status === 'offline') return [];
  const silentSeconds = (facts.now - Math.max(worker.lastSeenAt, facts.listeningSince)) / 1_000;
  const isBusySolo = facts.surveys.get(hostname)?.stats?.pool === 'solo' && (worker.active ?? 0) > 0;
  if (silentSeconds > goneAfterSeconds || isBusySolo) return [];
  const figure = status === 'online' ? 0 : silentSeconds;
  const what = (limit: Phrase): Phrase => phrase('health.workerSilent', { worker: hostname, silence: figure, limit });
  return [{ rule: 'workerSilent', subject: ofWorker(hostname), figure, what }];
};

const measureAnswers = (hostname: string, facts: IndexedFacts): readonly Measurement[] => {
  const survey = facts.surveys.get(hostname);
  const worker = facts.workerNamed.get(hostname);
  if (!survey || worker?.status !== 'online') return [];
  const what = (limit: Phrase): Phrase => phrase('health.workerDeaf', { worker: hostname, n: survey.missed, limit });
  return [{ rule: 'workerDeaf', subject: ofWorker(hostname), figure: survey.missed, what }];
};

/** Busy, with more to do, and nothing started for longer than its tasks take. */
const measureProgress = (worker: Worker, facts: IndexedFacts): readonly Measurement[] => {
  const { hostname, status, active } = worker;
  const pulse = facts.pulses.get(hostname);
  if (status !== 'online' || !pulse) return [];
  const isWaitedFor = facts.waitedFor.has(hostname);
  const usual = facts.workerStatsNamed.get(hostname)?.windows.at(-1)?.runtime.p95 ?? 0;
  const idleSeconds = (facts.now - Math.max(pulse.idleSince, facts.listeningSince)) / 1_000;
  const figure = (active ?? 0) > 0 && isWaitedFor && idleSeconds > 3 * usual ? idleSeconds : 0;
  const what = (limit: Phrase): Phrase =>
    phrase('health.workerStalled', { worker: hostname, n: active ?? 0, idle: figure, limit });
  return [{ rule: 'workerStalled', subject: ofWorker(hostname), figure, what }];
};

const measureBeats = (worker: Worker, facts: IndexedFacts): readonly Measurement[] => {
  const { hostname, clockDriftSeconds: drift } = worker;
  const pulse = facts.pulses.get(hostname);
  const subject = ofWorker(hostname);
  const figures: Measurement[] = [];
  if (drift !== null && isLiving(worker)) {
    const what = (limit: Phrase): Phrase =>
      phrase(drift > 0 ? 'health.clockBehind' : 'health.clockAhead', {
        worker: hostname,
        drift: Math.abs(drift),
        limit,
      });
    figures.push({ rule: 'clockDrift', subject, figure: Math.abs(drift), what });
  }
  if (!pulse) return figures;
  const { restarts, processes } = pulse;
  const lately = restarts.filter((at) => facts.now - at < fiveMinutesMs).length;
  figures.push(
    {
      rule: 'workerRestarted',
      subject,
      figure: lately,
      what: (limit) => phrase('health.workerRestarted', { worker: hostname, n: lately, limit }),
    },
    {
      rule: 'workerRestarts',
      subject,
      figure: restarts.length,
      what: (limit) => phrase('health.workerRestarts', { worker: hostname, n: restarts.length, limit }),
    },
    {
      rule: 'duplicateNames',
      subject,
      figure: processes,
      what: (limit) => phrase('health.duplicateNames', { n: processes, worker: hostname, limit }),
    },
  );
  return figures;
};

const measureEvents = ({ hostname, status }: Worker, facts: IndexedFacts): readonly Measurement[] => {
  const pulse = facts.pulses.get(hostname);
  if (status !== 'online' || !pulse) return [];
  const heard = facts.workerStatsNamed.get(hostname)?.windows.at(-1);
  const tells = heard ? heard.received + heard.started + heard.succeeded + heard.failed : 0;
  // Its events are counted for an hour; what it started before that does not count against it.
  const hasBegun = pulse.begun > 0 && facts.now - pulse.idleSince < countedMs;
  const isSilent = hasBegun && tells === 0;
  const what = (limit: Phrase): Phrase => phrase('health.eventsOff', { worker: hostname, n: pulse.begun, limit });
  return [{ rule: 'eventsOff', subject: ofWorker(hostname), figure: isSilent ? 1 : 0, what }];
};

const measureResources = (hostname: string, facts: IndexedFacts): readonly Measurement[] => {
  const survey = facts.surveys.get(hostname);
  const { stats = null, settings = null, before = null, answeredAt = null } = survey ?? {};
  if (!stats || survey?.missed) return [];
  const subject = ofWorker(hostname);
  const figures: Measurement[] = [];
  const { peakMemoryBytes: peak, cpuSeconds } = stats;
  const cap = settings?.maxMemoryPerChildBytes ?? null;
  if (peak !== null && cap !== null && cap > 0) {
    const what = (limit: Phrase): Phrase =>
      phrase('health.workerMemory', { worker: hostname, peak, share: peak / cap, cap, limit });
    figures.push({ rule: 'workerMemory', subject, figure: peak / cap, what });
  }
  if (cpuSeconds !== null && before !== null && answeredAt !== null && answeredAt > before.at) {
    const figure = Math.max(0, ((cpuSeconds - before.cpuSeconds) * 1_000) / (answeredAt - before.at));
    const what = (limit: Phrase): Phrase => phrase('health.workerCpu', { worker: hostname, share: figure, limit });
    figures.push({ rule: 'workerCpu', subject, figure, what });
  }
  return figures;
};

/** STARTED at a worker that is gone, or that has been restarted since. After an hour that is no news any more. */
const measureOrphans = (facts: IndexedFacts): readonly Measurement[] => {
  const orphans = new Map<string, number>();
  for (const task of facts.running) {
    if (task.worker === null || !isOrphaned(task, facts)) continue;
    orphans.set(task.worker, (orphans.get(task.worker) ?? 0) + 1);
  }
  return facts.workers
    .filter((worker) => facts.now - leftAt(worker, facts) < goneAfterSeconds * 1_000)
    .map(({ hostname }) => {
      const figure = orphans.get(hostname) ?? 0;
      const what = (limit: Phrase): Phrase => phrase('health.orphanedTasks', { n: figure, worker: hostname, limit });
      return { rule: 'orphanedTasks', subject: ofWorker(hostname), figure, what };
    });
};

/** Whether the process that ran it is gone. A task's sender may tell of it after the worker's last word. */
export const isOrphaned = ({ worker: name, startedAt }: RunningTask, facts: IndexedFacts): boolean => {
  const worker = name === null ? undefined : facts.workerNamed.get(name);
  if (worker === undefined) return false;
  return !isLiving(worker) || startedAt < leftAt(worker, facts);
};

/** When the last process of this name that is gone went, as far as it was seen; 0: none. */
const leftAt = (worker: Worker, { pulses }: IndexedFacts): number =>
  isLiving(worker) ? (pulses.get(worker.hostname)?.restarts.at(-1) ?? 0) : worker.lastSeenAt;
