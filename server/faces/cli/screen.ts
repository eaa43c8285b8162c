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
    this.terminal.write(`${leave}${lines.join('\n')}\n`);
  }
}
