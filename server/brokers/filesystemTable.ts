import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { parseJson } from '../celery/parseJson.ts';
import { NotReadable } from '../files/notReadable.ts';
import { readUpTo } from '../files/readUpTo.ts';
import { withFileLock } from './filesystemLock.ts';
import { largestMessageFile } from './largestMessageFile.ts';
import type { Binding } from './virtualRouting.ts';

const attempts = 20;
const pauseMs = 25;

/** The bindings of one exchange: a JSON file in the control folder that every process rewrites in place. */
export class ExchangeTable {
  readonly path: string;

  constructor(controlFolder: string, exchange: string) {
    this.path = join(controlFolder, `${exchange}.exchange`);
  }

  /** Empty when the file does not exist. A file that is being rewritten is read again. */
  async read(): Promise<readonly Binding[]> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const bindings = await this.tryRead();
      if (bindings) return bindings;
      await delay(pauseMs);
    }
    throw new CeleriacError('brokerProtocol', phrase('filesystem.badTable', { file: this.path }));
  }

  async add(binding: Binding): Promise<void> {
    await this.change(
      (bindings) => (has(bindings, binding.queue) ? bindings : [binding, ...bindings]),
      (bindings) => has(bindings, binding.queue),
    );
  }

  async remove(queues: ReadonlySet<string>): Promise<void> {
    const isGone = (bindings: readonly Binding[]): boolean => !bindings.some(({ queue }) => queues.has(queue));
    if (isGone(await this.read())) return;
    await this.change((bindings) => bindings.filter(({ queue }) => !queues.has(queue)), isGone);
  }

  /** Somebody without our lock may write at the same moment, so the outcome is read again, and again attempted. */
  private async change(
    edit: (bindings: readonly Binding[]) => readonly Binding[],
    isDone: (bindings: readonly Binding[]) => boolean,
  ): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      await this.create();
      await withFileLock(this.path, async () => this.write(edit(await this.read())));
      if (isDone(await this.read())) return;
      await delay(pauseMs);
    }
    throw new CeleriacError('brokerProtocol', phrase('filesystem.contested', { file: this.path }));
  }

  private async create(): Promise<void> {
    await writeFile(this.path, '[]', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }

  /**
   * Writes in place: renaming a new file over the old would lose what kombu writes to the old one it holds open. What
   * was longer is overwritten with blanks in the same write, so that no reader ever sees half of a table.
   */
  private async write(bindings: readonly Binding[]): Promise<void> {
    const text = JSON.stringify(bindings.map(({ routingKey, pattern, queue }) => [routingKey, pattern, queue]));
    const file = await open(this.path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(text.padEnd(size), 0);
    } finally {
      await file.close();
    }
  }

  private async tryRead(): Promise<readonly Binding[] | null> {
    try {
      return parseTable((await readUpTo(this.path, largestMessageFile)).toString('utf8'));
    } catch (error) {
      const { code, reason } = NotReadable.from(error);
      if (code === 'ENOENT') return [];
      throw new CeleriacError('brokerProtocol', phrase('filesystem.unreadable', { file: this.path, reason }), {
        cause: error,
      });
    }
  }
}

const has = (bindings: readonly Binding[], queue: string): boolean =>
  bindings.some((binding) => binding.queue === queue);

const parseTable = (text: string): readonly Binding[] | null => {
  const rows = parseJson(text);
  return Array.isArray(rows) && rows.every(isRow) ? rows.map(toBinding) : null;
};

const isRow = (row: unknown): row is [string, string, string] =>
  Array.isArray(row) && row.length === 3 && row.every((cell) => typeof cell === 'string');

const toBinding = ([routingKey, pattern, queue]: [string, string, string]): Binding => ({ routingKey, pattern, queue });
