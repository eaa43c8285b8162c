import type { SilenceReason, WorkerReply } from '../api/control.ts';
import type { Worker } from '../api/model.ts';

export interface Knowledge {
  /** As its events tell; null when nobody of that name was ever heard of. */
  readonly worker: Worker | null;
  readonly answeredBefore: boolean;
  /** Whether the broker keeps a mailbox of that name. */
  readonly hasMailbox: boolean;
  /** Whether its answer is among those that came and cannot be read. */
  readonly unreadable: 'surely' | 'perhaps' | 'no';
}

/** Why a worker did not answer, as far as its heartbeats and its past tell. */
export const explainSilence = (hostname: string, knowledge: Knowledge): WorkerReply => {
  const reason = reasonOf(knowledge);
  return { kind: 'silent', hostname, reason, sentence: sentenceOf(reason, hostname, knowledge) };
};

const reasonOf = ({ worker, answeredBefore, hasMailbox, unreadable }: Knowledge): SilenceReason => {
  const mayAnswer = worker ? worker.status !== 'offline' && worker.status !== 'lost' : answeredBefore || hasMailbox;
  if (unreadable === 'surely' || (unreadable === 'perhaps' && mayAnswer)) return 'unreadable';
  if (!worker) return answeredBefore || hasMailbox ? 'stalled' : 'noSuchWorker';
  switch (worker.status) {
    case 'offline':
      return 'offline';
    case 'lost':
      return 'lost';
    case 'late':
      return isBusy(worker) ? 'busySolo' : 'stalled';
    case 'online':
      return answeredBefore || isBusy(worker) ? 'stalled' : 'jsonNotAccepted';
    default:
      return worker.status satisfies never;
  }
};

/** What a beat answers to all that is no ping. */
export const beatReply = (hostname: string): WorkerReply => ({
  kind: 'silent',
  hostname,
  reason: 'isBeat',
  sentence: sentences.isBeat(hostname),
});

/** Of a worker that only its mailbox tells of. */
export const muteMailboxSentence = (name: string): string =>
  `${name} has a mailbox at the broker and did not answer: it has crashed, hangs, or runs a task in a solo pool, which hears nothing meanwhile.`;

const perhapsUnreadable = (name: string): string =>
  `${name} has not answered, or its answer is among those that cannot be read. ${whatToCheck}`;

const whatToCheck = 'Check its task_serializer, and what else writes to the reply queues of this broker.';

const isBusy = (worker: Worker): boolean => (worker.active ?? 0) > 0;

const sentenceOf = (reason: SilenceReason, name: string, knowledge: Knowledge): string => {
  const { worker, answeredBefore, unreadable } = knowledge;
  if (reason === 'unreadable' && unreadable === 'perhaps') return perhapsUnreadable(name);
  if (reason !== 'stalled' || answeredBefore) return sentences[reason](name);
  if (!worker) return muteMailboxSentence(name);
  return isBusy(worker)
    ? `${name} lives by its heartbeats and does not answer while it runs tasks: its pool may be full, or it hangs.`
    : `${name} has gone quiet: its heartbeats are late.`;
};

const sentences: Record<SilenceReason, (hostname: string) => string> = {
  noSuchWorker: (name) => `No worker called ${name} has been heard of. Look at the name, or start it.`,
  lost: (name) => `${name} is lost: its heartbeats have stopped.`,
  offline: (name) => `${name} has shut down.`,
  busySolo: (name) =>
    `${name} has gone quiet while it runs a task. A solo-pool worker hears nothing until its task ends; any other one hangs.`,
  jsonNotAccepted: (name) =>
    `${name} lives by its heartbeats but has never answered. Its accept_content may lack "json", or it takes no remote control.`,
  unreadable: (name) => `${name} has answered, but its answer cannot be read. ${whatToCheck}`,
  isBeat: (name) => `${name} is a beat, not a worker: it answers only "ping".`,
  stalled: (name) => `${name} has answered before and does not now: it is overloaded, paused, or hangs.`,
};
