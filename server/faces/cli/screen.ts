import type { Terminal } from './terminal.ts';

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
/** Terminals that know it show the picture only when it is whole; the others ignore it. */
const begin = '\u001b[?2026h';
const finish = '\u001b[?2026l';
const home = '\u001b[H';
const clearLine = '\u001b[K';
const clearBelow = '\u001b[J';

/** The terminal's second screen, drawn in place; what was on the first is there again afterwards. */
export class Screen {
  private readonly terminal: Terminal;
  private isOpen = false;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
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
    const picture = lines.map((line) => line + clearLine).join('\n');
    this.terminal.write(`${begin}${home}${picture}${clearBelow}${finish}`);
  }

  /** Back to the first screen, where `lines` stay. */
  close(lines: readonly string[]): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    process.off('exit', this.abandon);
    process.off('SIGTSTP', this.suspend);
    process.off('SIGCONT', this.resume);
    this.terminal.write(`${leave}${lines.join('\n')}\n`);
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
  };
}
