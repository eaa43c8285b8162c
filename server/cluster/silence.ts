import type { SilenceReason, WorkerReply } from '../api/control.ts';
import type { Worker } from '../api/model.ts';
import { type Phrase, phrase, worded } from '../api/phrase.ts';

export interface Knowledge {
  /** As its events report; null when no worker of that name was ever seen. */
  readonly worker: Worker | null;
  readonly answeredBefore: boolean;
  /** Whether the broker keeps a mailbox of that name. */
  readonly hasMailbox: boolean;
  /** Whether its answer is among those that came and cannot be read. */
  readonly unreadable: 'surely' | 'perhaps' | 'no';
}

/** Why a worker did not answer, as far as its heartbeats and its past show. */
export const explainSilence = (hostname: string, knowledge: Knowledge): WorkerReply => {
  const reason = reasonOf(knowledge);
  return { kind: 'silent', hostname, reason, ...worded(phraseFor(reason, hostname, knowledge)) };
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

/** What a beat answers to everything but a ping. */
export const beatReply = (hostname: string): WorkerReply => ({
  kind: 'silent',
  hostname,
  reason: 'isBeat',
  ...worded(phrase('silence.isBeat', { worker: hostname })),
});

/** Of a worker of which only its mailbox is known. */
export const muteMailbox = (worker: string): Phrase => phrase('silence.muteMailbox', { worker });

const isBusy = (worker: Worker): boolean => (worker.active ?? 0) > 0;

const phraseFor = (reason: SilenceReason, name: string, knowledge: Knowledge): Phrase => {
  const { worker, answeredBefore, unreadable } = knowledge;
  if (reason === 'unreadable' && unreadable === 'perhaps') return phrase('silence.perhapsUnreadable', { worker: name });
  if (reason !== 'stalled' || answeredBefore) return phrase(`silence.${reason}`, { worker: name });
  if (!worker) return muteMailbox(name);
  return phrase(isBusy(worker) ? 'silence.busy' : 'silence.late', { worker: name });
};
