import type { Terminal } from './terminal.ts';

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
/** Terminals that know it show the picture only when it is whole; the others ignore it. */
const begin = '\u001b[?2026h';
const finish = '\u001b[?2026l';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';
const toLine = (line: number): string => `\u001b[${line + 1};1H`;

/** The terminal's second screen, drawn in place, only what has changed; what was on the first is there again afterwards. */
export class Screen {
  private readonly terminal: Terminal;
  private readonly resumed: () => void;
  private isOpen = false;
  /** What stands on the terminal; null: not known. */
  private drawn: readonly string[] | null = null;

  constructor(terminal: Terminal, resumed: () => void = () => undefined) {
    this.terminal = terminal;
    this.resumed = resumed;
  }

  open(): void {
    this.isOpen = true;
    this.terminal.write(enter);
    process.once('exit', this.abandon);
    process.on('SIGTSTP', this.suspend);
    process.on('SIGCONT', this.resume);
  }

  draw(lines: readonly string[]): void {
    if (!this.isOpen) return;
    const { drawn } = this;
    this.drawn = lines;
    const changed = lines.flatMap((line, at) => (line === drawn?.[at] ? [] : [`${toLine(at)}${line}${clearLine}`]));
    const isShorter = drawn === null || lines.length < drawn.length;
    const below = isShorter ? `${toLine(Math.max(0, lines.length - 1))}${lines.at(-1) ?? ''}${clearBelow}` : '';
    if (changed.length > 0 || below !== '') this.terminal.write(`${begin}${changed.join('')}${below}${finish}`);
  }

  /** For when something else may have written on the terminal, or its size is another: all is drawn next time. */
  forget(): void {
    this.drawn = null;
  }

  /** Back to the first screen, where `lines` stay. */
  close(lines: readonly string[]): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    process.off('exit', this.abandon);
    process.off('SIGTSTP', this.suspend);
    process.off('SIGCONT', this.resume);
    this.terminal.write(`${leave}${lines.map((line) => `${line}\n`).join('')}`);
  }

  /** However the process ends, the cursor and the first screen come back. */
  private readonly abandon = (): void => {
    this.terminal.writeNow(leave);
  };

  /** Ctrl-Z: the shell gets its own screen while we sleep. */
  private readonly suspend = (): void => {
    this.terminal.writeNow(leave);
    process.kill(process.pid, 'SIGSTOP');
  };

  private readonly resume = (): void => {
    this.terminal.writeNow(enter);
    this.forget();
    this.resumed();
  };
}
