import { Terminal, type TerminalStream } from '../../../../server/faces/cli/terminal.ts';

/** A terminal that remembers what was written to it. */
export interface TestTerminal {
  readonly terminal: Terminal;
  readonly said: () => string;
  readonly printed: () => string;
}

interface Look {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

export const aTerminal = ({ isTTY = false, columns = 80, environment = {} }: Look = {}): TestTerminal => {
  const out = stream(isTTY, columns);
  const err = stream(isTTY, columns);
  const terminal = new Terminal({ out, err, environment });
  return { terminal, said: () => err.text, printed: () => out.text };
};

const stream = (isTTY: boolean, columns: number): TerminalStream & { text: string } => ({
  isTTY,
  columns,
  rows: 24,
  writableLength: 0,
  text: '',
  write(text, done) {
    this.text += text;
    done?.(null);
    return true;
  },
});
