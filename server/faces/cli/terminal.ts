import { defaultRedactPatterns } from '../../api/redaction.ts';
import { makeOutlet, type Outlet } from '../../outlet/outlet.ts';
import type { Shown } from '../../outlet/shown.ts';
import { cutTo } from '../../text/displayWidth.ts';
import { type Paint, paintFor } from '../../text/paint.ts';
import { wrapText } from '../../text/wrapText.ts';

/** What is needed of process.stdout and process.stderr. */
export interface TerminalStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly writableLength: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

export interface TerminalParts {
  readonly out: TerminalStream;
  readonly err: TerminalStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Text that a slow reader has not yet taken; beyond it, lines of a stream are dropped and counted. */
const bufferLimit = 256 * 1024 * 1024;
/** What a long document may pile up before it waits for its reader. */
const patienceLimit = 4 * 1024 * 1024;
const chunkSize = 64 * 1024;

/** Where data (stdout) and talk (stderr) go. Lines are gathered for a moment, so that a flood costs few writes. */
export class Terminal {
  readonly paint: Paint;
  readonly paintTalk: Paint;
  /** What is written of the cluster passes through here, as data and as words. */
  readonly outlet: Outlet = makeOutlet(defaultRedactPatterns);
  droppedLines = 0;
  /** Why what was written did not arrive, such as on a full disk. A reader that has gone is no failure (`events | head`). */
  outputError: Error | null = null;
  private readonly out: TerminalStream;
  private readonly err: TerminalStream;
  private waiting = '';
  private isScheduled = false;
  private hasTalkLine = false;

  constructor({ out, err, environment }: TerminalParts) {
    this.out = out;
    this.err = err;
    this.paint = paintFor(out, environment);
    this.paintTalk = paintFor(err, environment);
  }

  /** Whether a person reads stdout; otherwise it is a file or another program. */
  get isScreen(): boolean {
    return this.out.isTTY === true;
  }

  /** Whether a person reads stderr. */
  get isHeard(): boolean {
    return this.err.isTTY === true;
  }

  /** Columns of the screen; no limit where there is none. */
  get width(): number {
    return this.isScreen && this.out.columns ? this.out.columns : Number.POSITIVE_INFINITY;
  }

  get height(): number {
    return this.isScreen && this.out.rows ? this.out.rows : Number.POSITIVE_INFINITY;
  }

  get page(): { readonly width: number; readonly height: number; readonly paint: Paint } {
    return { width: this.width, height: this.height, paint: this.paint };
  }

  get talkWidth(): number {
    return this.err.columns ?? 80;
  }

  /** What a screen or a table may be made from. */
  shown<T>(value: T): Shown<T> {
    return this.outlet.answer(value);
  }

  /** One value as a line of JSON. */
  json(value: object | null): void {
    this.line(this.jsonText(value));
  }

  jsonText(value: object | null): string {
    return JSON.stringify(this.shown(value));
  }

  /** An event as a line of an endless stream. */
  eventLine(event: Readonly<Record<string, unknown>>): void {
    this.streamLine(JSON.stringify(this.outlet.event(event)));
  }

  line(text = ''): void {
    this.write(`${text}\n`);
  }

  /** Data, as it is. */
  write(text: string): void {
    this.waiting += text;
    if (this.waiting.length >= chunkSize) this.pass();
    else if (!this.isScheduled) {
      this.isScheduled = true;
      setImmediate(() => this.pass());
    }
  }

  /** Past everything that waits; for the last moment of a process. */
  writeNow(text: string): void {
    this.out.write(text, this.noteError);
  }

  /** Whether more is waiting for the reader than should pile up. */
  get isBehind(): boolean {
    return this.out.writableLength > patienceLimit;
  }

  /** A line of an endless stream: dropped and counted when its reader does not keep up. */
  streamLine(text: string): void {
    if (this.out.writableLength > bufferLimit) this.droppedLines += 1;
    else this.line(text);
  }

  /** A sentence for the person, never data. */
  say(sentence: string): void {
    this.endTalkLine();
    // On a terminal both streams end on one screen: what came first stands first.
    this.pass();
    const lines = sentence.split('\n').flatMap((line) => (this.isHeard ? wrapText(line, this.talkWidth) : [line]));
    this.err.write(`${lines.join('\n')}\n`);
  }

  /** Lines for the person whose blanks matter: they are not wrapped. */
  sayAsIs(lines: readonly string[]): void {
    this.endTalkLine();
    this.pass();
    this.err.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** A question, after which the answer is typed. */
  ask(question: string): void {
    this.endTalkLine();
    this.pass();
    const lines = wrapText(question.trimEnd(), this.talkWidth - 1);
    this.err.write(`${lines.join('\n')} `);
  }

  /** A line that the next one replaces; only where a person reads. */
  sayForNow(text: string): void {
    if (!this.isHeard) return;
    this.hasTalkLine = true;
    this.err.write(`\r\u001b[K${this.paintTalk('dim', cutTo(text, this.talkWidth - 1))}`);
  }

  endTalkLine(): void {
    if (this.hasTalkLine) this.err.write('\r\u001b[K');
    this.hasTalkLine = false;
  }

  /** Resolves when everything written has been handed over; the buffer of a large output stays small that way. */
  async flush(): Promise<void> {
    this.endTalkLine();
    this.pass();
    await new Promise<void>((resolve) => {
      this.out.write('', (error) => {
        this.noteError(error);
        resolve();
      });
    });
  }

  private pass(): void {
    this.isScheduled = false;
    if (this.waiting === '') return;
    const text = this.waiting;
    this.waiting = '';
    this.out.write(text, this.noteError);
  }

  private readonly noteError = (error?: Error | null): void => {
    if (error && !isReaderGone(error)) this.outputError ??= error;
  };
}

/** A stream that has failed fails everything after it with a code of its own, which says nothing of the cause. */
const followingCodes: readonly unknown[] = ['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

export const isReaderGone = (error: Error): boolean =>
  'code' in error && (error.code === 'EPIPE' || followingCodes.includes(error.code));
