import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Windows that follow one cluster collect at slightly different moments; what they tell within this time is the same. */
const sameMs = 8_000;
/** How long a window gives way to one that somebody has looked at more lately. */
const graceMs = { focused: 0, lastFocused: 500, other: 2_000 };

interface TurnOptions {
  /** A folder that all windows share. */
  readonly folder: string;
  /** Tells this window from the others. */
  readonly windowId: string;
  readonly isFocused: () => boolean;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Several windows may follow one cluster, each with an engine of its own, and all hear of the same failure. One of them
 * speaks: the one that somebody looks at, or else the one that was looked at last, or else any. None needs to know
 * which others there are: each waits its time, and takes the turn if nobody has.
 */
export class WindowTurn {
  private readonly options: TurnOptions;

  constructor(options: TurnOptions) {
    this.options = options;
  }

  /** Somebody has turned to this window. */
  async focused(): Promise<void> {
    const { folder, windowId } = this.options;
    await mkdir(folder, { recursive: true });
    await writeFile(this.focusFile, windowId);
  }

  /** Whether it is this window that speaks of the subject now. A folder that cannot be used silences nobody. */
  async take(subject: string): Promise<boolean> {
    const { folder, windowId, wait = sleep } = this.options;
    await wait(await this.grace());
    const file = join(folder, createHash('sha256').update(subject).digest('hex').slice(0, 16));
    try {
      await mkdir(folder, { recursive: true });
      const age = await stat(file).then(({ mtimeMs }) => Date.now() - mtimeMs, ifMissing);
      const holder = age !== null && age < sameMs ? await readFile(file, 'utf8') : null;
      if (holder !== null && holder !== windowId) return false;
      if (age !== null) await takeAway(file, windowId);
      return await isFirst(file, windowId);
    } catch {
      return true;
    }
  }

  private async grace(): Promise<number> {
    if (this.options.isFocused()) return graceMs.focused;
    const last = await readFile(this.focusFile, 'utf8').catch(() => null);
    return last === this.options.windowId ? graceMs.lastFocused : graceMs.other;
  }

  private get focusFile(): string {
    return join(this.options.folder, 'focused');
  }
}

/** Of several that find it old, one can move it. */
const takeAway = async (file: string, windowId: string): Promise<void> => {
  const away = `${file}.${windowId}`;
  await rename(file, away).catch(ifMissing);
  await rm(away, { force: true });
};

const isFirst = (file: string, windowId: string): Promise<boolean> =>
  writeFile(file, windowId, { flag: 'wx' }).then(
    () => true,
    (error) => codeOf(error) !== 'EEXIST',
  );

const ifMissing = (error: unknown): null => {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
