import type { SilenceReason, WorkerReply } from '../api/control.ts';
import type { Worker } from '../api/model.ts';

export interface Knowledge {
  /** As its events tell; null when nobody of that name was ever heard of. */
  readonly worker: Worker | null;
  readonly answeredBefore: boolean;
}

/** Why a worker did not answer, as far as its heartbeats and its past tell. */
export const explainSilence = (hostname: string, knowledge: Knowledge): WorkerReply => {
  const reason = reasonOf(knowledge);
  return { kind: 'silent', hostname, reason, sentence: sentences[reason](hostname) };
};

const reasonOf = ({ worker, answeredBefore }: Knowledge): SilenceReason => {
  if (!worker) return answeredBefore ? 'stalled' : 'noSuchWorker';
  switch (worker.status) {
    case 'offline':
      return 'offline';
    case 'lost':
      return 'lost';
    case 'late':
      return (worker.active ?? 0) > 0 ? 'busySolo' : 'stalled';
    case 'online':
      return answeredBefore ? 'stalled' : 'jsonNotAccepted';
    default:
      return worker.status satisfies never;
  }
};

const sentences: Record<SilenceReason, (hostname: string) => string> = {
  noSuchWorker: (name) => `No worker called ${name} has been heard of. Look at the name, or start it.`,
  lost: (name) => `${name} is lost: its heartbeats have stopped.`,
  offline: (name) => `${name} has shut down.`,
  busySolo: (name) =>
    `${name} has gone quiet while it runs a task. A solo-pool worker hears nothing until its task ends; any other one hangs.`,
  jsonNotAccepted: (name) =>
    `${name} lives by its heartbeats but has never answered. Its accept_content may lack "json", or it takes no remote control.`,
  stalled: (name) => `${name} has answered before and does not now: it is overloaded, paused, or hangs.`,
};
