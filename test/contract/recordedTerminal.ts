import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ownEnvironment } from '../lab/ownEnvironment.ts';
import { until } from '../lab/until.ts';

/** What stands on a terminal. */
export interface TerminalPicture {
  readonly screen: readonly string[];
  /** Whether it is the second screen, which full-screen programs use. */
  readonly isOther: boolean;
  readonly hasCursor: boolean;
  /** How many characters were drawn in all. */
  readonly written: number;
  readonly ended: number | null;
  readonly isRaw: boolean;
}

interface Order {
  readonly type?: string;
  readonly resize?: readonly [columns: number, rows: number];
  readonly signal?: NodeJS.Signals;
  /** For so many seconds it draws what comes. */
  readonly wait?: number;
}

/** A command on a terminal of a given size, whose screen can be read. */
export class RecordedTerminal {
  private readonly child;
  private readonly answers: AsyncIterator<string>;

  constructor(
    command: readonly string[],
    [columns, rows]: readonly [number, number],
    env: Record<string, string> = {},
  ) {
    const recorder = join(import.meta.dirname, 'terminalRecorder.py');
    this.child = spawn('python3', [recorder, String(columns), String(rows), ...command], {
      env: { ...ownEnvironment(), TERM: 'xterm-256color', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answers = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async do(order: Order): Promise<TerminalPicture> {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
    const { value } = await this.answers.next();
    return JSON.parse(String(value));
  }

  /** Waits until the picture is as wanted. */
  async shows(what: RegExp | ((picture: TerminalPicture) => boolean), timeoutMs = 20_000): Promise<TerminalPicture> {
    const isThere = (picture: TerminalPicture): boolean =>
      typeof what === 'function' ? what(picture) : what.test(picture.screen.join('\n'));
    return until(
      `the terminal shows ${what}`,
      async () => {
        const picture = await this.do({ wait: 0.1 });
        if (isThere(picture)) return picture;
        throw new Error(`it shows\n${picture.screen.join('\n')}`);
      },
      timeoutMs,
    );
  }

  /** Presses keys, then waits. */
  async press(keys: string, what: RegExp | ((picture: TerminalPicture) => boolean)): Promise<TerminalPicture> {
    await this.do({ type: keys });
    return this.shows(what);
  }

  close(): void {
    this.child.kill('SIGKILL');
  }
}
