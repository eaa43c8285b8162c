import type { LinkState } from '../../api/model.ts';
import { duration } from '../../text/wording.ts';
import type { Terminal } from './terminal.ts';

/** Tells on stderr what becomes of the connection while a stream runs: why it is away, when it tries again, that it is back. */
export class LinkTalk {
  private readonly terminal: Terminal;
  private readonly now: () => number;
  private lastReason: string | null = null;
  private awaySince: number | null = null;
  private countdown: NodeJS.Timeout | null = null;

  constructor(terminal: Terminal, now: () => number = Date.now) {
    this.terminal = terminal;
    this.now = now;
  }

  note(link: LinkState): void {
    this.stopCountdown();
    if (link.kind === 'lost') this.tellLoss(link);
    if (link.kind === 'live') this.tellReturn(link);
  }

  end(): void {
    this.stopCountdown();
    this.terminal.endTalkLine();
  }

  private tellLoss(link: LinkState & { readonly kind: 'lost' }): void {
    this.awaySince ??= link.since;
    const sentence = this.terminal.outlet.sentence(link.reason.sentence);
    if (this.terminal.isHeard) {
      if (sentence !== this.lastReason) this.terminal.say(`celeriac: ${sentence}`);
      this.count(link.retryAt);
      this.countdown = setInterval(() => this.count(link.retryAt), 1_000);
    } else {
      this.terminal.say(`celeriac: ${sentence} Reconnecting in ${this.secondsUntil(link.retryAt)} s.`);
    }
    this.lastReason = sentence;
  }

  private tellReturn(link: LinkState & { readonly kind: 'live' }): void {
    const blocked = this.terminal.outlet.sentence(link.blocked?.sentence ?? '');
    if (blocked !== '') this.terminal.say(`celeriac: ${blocked}`);
    if (this.awaySince === null) return;
    const away = duration(Math.max(1, Math.round((this.now() - this.awaySince) / 1000)));
    this.terminal.say(`celeriac: Reconnected after ${away}. Events from that time may be missing.`);
    this.awaySince = null;
    this.lastReason = null;
  }

  private count(retryAt: number): void {
    const seconds = this.secondsUntil(retryAt);
    const when = seconds > 0 ? `in ${seconds} s` : 'now';
    this.terminal.sayForNow(`Reconnecting ${when} … Press Ctrl-C to stop.`);
  }

  private secondsUntil(at: number): number {
    return Math.max(0, Math.ceil((at - this.now()) / 1000));
  }

  private stopCountdown(): void {
    if (this.countdown) clearInterval(this.countdown);
    this.countdown = null;
    this.terminal.endTalkLine();
  }
}
