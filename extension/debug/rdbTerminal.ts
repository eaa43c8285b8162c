import { connect, type Socket } from 'node:net';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RdbPlace } from '../../server/api/rdbPlace.ts';
import { terminalText } from '../shown/terminalText.ts';
import { editLine, type LineState } from './rdb/editLine.ts';

/**
 * A breakpoint that is left behind would stop the task at a prompt that nobody can reach. One line: whatever has come of the
 * next one, rdb forgets when it writes.
 */
const goodbye = "!__import__('celery.contrib.rdb', fromlist=['_'])._current[0].clear_all_breaks() ;; c";

const prompt = /\(Pdb\) $/;

/** The prompt of pdb as it is, for people who like it: no telnet needed, and closing the terminal lets the task run on. */
export class RdbTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number | undefined>();
  readonly #place: RdbPlace;
  readonly #changed: () => void;
  #socket: Socket | null = null;
  /** Lines that came at once wait for the prompt, one after the other. */
  readonly #pasted: string[] = [];
  #line: LineState = { text: '', history: [], at: 0 };

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** `changed`: somebody has come to the task, or has gone. */
  constructor(place: RdbPlace, changed: () => void) {
    this.#place = place;
    this.#changed = changed;
  }

  open(): void {
    const { host, port } = this.#place;
    const socket = connect(port, host);
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('connect', this.#changed);
    socket.on('data', (text: string) => this.#hear(text));
    socket.on('error', (error) => this.#say(`${t('{0}:{1} cannot be reached: {2}', host, port, error.message)}\n`));
    socket.on('close', () => {
      this.#socket = null;
      this.#changed();
      this.#say(`\n${t('The task continues, so the session has ended.')}\n`);
    });
  }

  handleInput(keys: string): void {
    if (!this.#socket) return;
    const { state, echo, lines } = editLine(this.#line, keys);
    this.#line = state;
    this.#written.fire(echo);
    const [first, ...others] = lines;
    this.#pasted.push(...others);
    if (first !== undefined) this.#socket.write(`${first}\n`);
  }

  /** A socket that is closed without a word would break the debugger of that worker process. */
  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.end(`${goodbye}\n`);
  }

  #hear(text: string): void {
    this.#say(text);
    const next = prompt.test(text) ? this.#pasted.shift() : undefined;
    if (next !== undefined) this.#socket?.write(`${next}\n`);
  }

  #say(text: string): void {
    this.#written.fire(terminalText(text));
  }
}
