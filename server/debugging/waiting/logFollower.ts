import { type FSWatcher, watch } from 'node:fs';
import { RdbReader, type RdbWords } from '../../api/rdbReader.ts';
import { FileTail } from '../../files/fileTail.ts';

const everyMs = 2_000;
/** A session that was reported longer ago than this is over. */
const mostBytes = 256 * 1024;

/** Follows what is appended to a log file, from now on. */
export class LogFollower {
  readonly #file: string;
  readonly #heard: (words: RdbWords) => void;
  readonly #tail: FileTail;
  #reader = new RdbReader();
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #reading: Promise<void> | null = null;
  #isOver = false;

  constructor(file: string, heard: (words: RdbWords) => void) {
    this.#file = file;
    this.#heard = heard;
    this.#tail = new FileTail(file, mostBytes);
  }

  /** Resolves when everything that is written from then on will be read. */
  async start(): Promise<void> {
    await this.#read();
    if (this.#isOver) return;
    this.#timer = setInterval(() => void this.#read(), everyMs).unref();
  }

  dispose(): void {
    this.#isOver = true;
    this.#forgetWatcher();
    if (this.#timer) clearInterval(this.#timer);
  }

  async #read(): Promise<void> {
    if (this.#isOver) return;
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #readOnce(): Promise<void> {
    const appended = await this.#tail.read();
    if (this.#isOver) return;
    if (!appended) return this.#forgetWatcher();
    if (appended.isNew) {
      this.#reader = new RdbReader();
      this.#watchFile();
    }
    for (const words of this.#reader.read(appended.bytes.toString())) this.#heard(words);
  }

  /** Only quickens what the timer does anyway: not every file system tells. */
  #watchFile(): void {
    this.#forgetWatcher();
    try {
      this.#watcher = watch(this.#file, { persistent: false }, () => void this.#read());
      this.#watcher.on('error', () => this.#forgetWatcher());
    } catch {
      this.#watcher = null;
    }
  }

  #forgetWatcher(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
