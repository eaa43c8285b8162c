import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { RdbPlace } from '../../../server/api/rdbPlace.ts';
import { openFirst } from './openFirst.ts';
import { type LinkLimits, RdbLink } from './rdbLink.ts';
import type { AnswerTo, Question, Ready, Stop } from './rdbMessages.ts';
import type { Attachment } from './readAttachment.ts';

export interface RunListener {
  stopped(stop: Stop): void;
  printed(text: string): void;
  /** The task runs on without us, from where it stood or was. */
  ended(wasStopped: boolean): void;
}

/** The life of a task under the debugger: it stands, runs, stands again, and is let go. */
export class RdbRun {
  readonly #helper: string;
  readonly #listener: RunListener;
  #link: RdbLink | null = null;
  #firstStop: Stop | null = null;
  #lastStop: Stop | null = null;
  #state: 'starting' | 'stopped' | 'running' | 'ended' = 'starting';
  /** Whether the user has asked for the next pause; otherwise it came because we had something to say. */
  #wantsPause = false;

  constructor(helper: string, listener: RunListener) {
    this.#helper = helper;
    this.#listener = listener;
  }

  get isOver(): boolean {
    return this.#state === 'ended';
  }

  /** Why it stands where it does. */
  get lastStop(): Stop | null {
    return this.#lastStop;
  }

  open(attachment: Attachment): Promise<Ready> {
    return openFirst(attachment, (place, limits) => this.#openAt(place, limits));
  }

  /** The editor has set its breakpoints: from now on it hears of stops. */
  begin(): void {
    const first = this.#firstStop;
    this.#firstStop = null;
    if (this.#state !== 'starting') return;
    this.#state = 'running';
    if (first) this.#stopped(first);
  }

  ask<Q extends Question>(question: Q, parameters: object = {}): Promise<AnswerTo<Q>> {
    return this.#opened().ask(question, parameters);
  }

  go(how: 'step' | 'next' | 'return' | 'continue'): void {
    const link = this.#opened();
    this.#state = 'running';
    link.go(how);
  }

  async pause(): Promise<void> {
    this.#wantsPause = true;
    // Whatever is said to a task that runs makes it stop at its next line.
    await this.ask('stack');
  }

  async leave(): Promise<void> {
    await this.#link?.leave();
  }

  #openAt(place: RdbPlace, limits: Partial<LinkLimits>): Promise<Ready> {
    const link: RdbLink = new RdbLink(
      place,
      this.#helper,
      {
        stopped: (stop) => this.#stopped(stop),
        printed: (text) => this.#listener.printed(text),
        closed: () => (this.#link === link && link.isReady ? this.#ended() : undefined),
      },
      limits,
    );
    this.#link = link;
    return link.open();
  }

  #opened(): RdbLink {
    if (!this.#link || this.#state === 'ended')
      throw new CeleriacError('notFound', t('The task has continued, so the session has ended.'));
    return this.#link;
  }

  #stopped(stop: Stop): void {
    if (this.#state === 'starting') {
      this.#firstStop = stop;
      return;
    }
    if (stop.why === 'pause' && !this.#wantsPause) {
      this.#link?.go('continue');
      return;
    }
    this.#wantsPause = false;
    this.#state = 'stopped';
    this.#lastStop = stop;
    this.#listener.stopped(stop);
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    const wasStopped = this.#state === 'stopped';
    this.#state = 'ended';
    this.#listener.ended(wasStopped);
  }
}
