import type { Beat, Worker } from '../api/model.ts';

/** What `celery beat` calls itself unless it is given another name (celery/beat.py: NODENAME_DEFAULT). */
const usualName = 'celerybeat@';
export const hasBeatName = (hostname: string): boolean => hostname.startsWith(usualName);
/** As `pattern` of a command, with the matcher `glob`: only beats of the usual name answer. */
export const beatPattern = `${usualName}*`;
/** A beat that has stopped stays in view for so long. */
const silentForMs = 3_600_000;
/** Names cost nothing to make up. */
const beatLimit = 100;

/**
 * The beats of a cluster that answer pings, which they do since Celery 5.7 with `--enable-remote-control`. A beat has a
 * mailbox like a worker and answers nothing but `ping`.
 */
export class BeatBook {
  private readonly workers: () => ReadonlyMap<string, Worker>;
  private readonly onAlive: (hostname: string) => void;
  private readonly known = new Map<string, Beat>();
  private readonly changed = new Set<string>();
  private readonly gone = new Set<string>();

  constructor(workers: () => ReadonlyMap<string, Worker>, onAlive: (hostname: string) => void = () => undefined) {
    this.workers = workers;
    this.onAlive = onAlive;
  }

  get all(): readonly Beat[] {
    return [...this.known.values()];
  }

  /** Whether this is the name of a beat, alive or not: whoever sends heartbeats is a worker, whatever its name. */
  isBeat(hostname: string): boolean {
    return (this.known.has(hostname) || hasBeatName(hostname)) && !this.workers().has(hostname);
  }

  isAlive(hostname: string): boolean {
    return this.known.get(hostname)?.status === 'alive' && this.isBeat(hostname);
  }

  /** It answered a ping. */
  noteAnswer(hostname: string, at: number): void {
    const before = this.known.get(hostname);
    if (before === undefined && this.known.size >= beatLimit) return;
    const statusSince = before?.status === 'alive' ? before.statusSince : at;
    this.set({ hostname, status: 'alive', statusSince, lastAnswerAt: at });
    this.onAlive(hostname);
  }

  /** It was pinged and has not answered. Beside a beat that lives, one that never did is what a crash left behind. */
  noteSilence(hostname: string, at: number): void {
    const before = this.known.get(hostname);
    if (before === undefined) {
      const isAlone = this.all.every(({ status }) => status === 'silent') && this.known.size < beatLimit;
      if (isAlone) this.set({ hostname, status: 'silent', statusSince: at, lastAnswerAt: null });
    } else if (before.status === 'alive') {
      this.set({ ...before, status: 'silent', statusSince: at });
    }
  }

  /** Forgets who has been silent for long, who never answered and has a living successor, and who is a worker after all. */
  tidy(now: number): void {
    const isOneAlive = this.all.some(({ status }) => status === 'alive');
    for (const { hostname, status, statusSince, lastAnswerAt } of this.all) {
      const isOld = status === 'silent' && now - statusSince > silentForMs;
      const isLeftover = lastAnswerAt === null && isOneAlive;
      if (isOld || isLeftover || !this.isBeat(hostname)) this.forget(hostname);
    }
  }

  takeChanges(): { readonly changed: readonly Beat[]; readonly gone: readonly string[] } {
    const changed = [...this.changed].flatMap((hostname) => this.known.get(hostname) ?? []);
    const gone = [...this.gone];
    this.changed.clear();
    this.gone.clear();
    return { changed, gone };
  }

  private set(beat: Beat): void {
    this.known.set(beat.hostname, beat);
    this.changed.add(beat.hostname);
    this.gone.delete(beat.hostname);
  }

  private forget(hostname: string): void {
    this.known.delete(hostname);
    this.changed.delete(hostname);
    this.gone.add(hostname);
  }
}
