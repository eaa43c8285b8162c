import { ownCopy } from '../celery/ownCopy.ts';
import type { FailedRun } from './failureBook.ts';
import { type Fingerprint, fingerprintOf } from './fingerprint.ts';

const causesKept = 500;
/** Of a longer traceback no more is read. */
const longestTraceback = 65_536;
const longestMessage = 1_000;
/** Of a name, a path or the like. */
const longestName = 1_000;

/**
 * Taking a traceback apart costs; in a burst it is the same one again and again, but for its last line. Keeps the causes of
 * late, up to a number of bytes.
 */
export class FingerprintCache {
  private readonly known = new Map<string, Fingerprint>();
  private readonly limitBytes: number;
  bytesHeld = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  of(run: FailedRun): Fingerprint {
    const { traceback, exception, taskName } = run;
    const cut = traceback === null ? -1 : traceback.lastIndexOf('\n', traceback.length - 2) + 1;
    const type = exception?.slice(0, Math.max(0, exception.indexOf('('))) ?? '';
    const body = traceback?.slice(0, Math.min(Math.max(0, cut), longestTraceback)) ?? exception;
    const key = `${taskName}\n${type}\n${body}`;
    const before = this.known.get(key);
    // Without a frame of the user's the words make the difference.
    if (before?.frame && traceback !== null) return { ...before, message: lastWords(traceback, cut) ?? before.message };
    const print = bounded(fingerprintOf(run));
    if (!before) this.keep(key, print);
    return print;
  }

  private keep(key: string, print: Fingerprint): void {
    const size = 2 * key.length;
    if (size > this.limitBytes / 4) return;
    if (this.known.size >= causesKept || this.bytesHeld + size > this.limitBytes) {
      this.known.clear();
      this.bytesHeld = 0;
    }
    // A text put together of others is to V8 a tree of them, and holds them whole.
    this.known.set(ownCopy(key), print);
    this.bytesHeld += size;
  }
}

const lastWords = (traceback: string, cut: number): string | null => {
  const [, words] = /^[A-Za-z_][\w.<>]*: (.*)\n?$/.exec(traceback.slice(cut)) ?? [];
  return words === undefined ? null : ownCopy(words.slice(0, longestMessage));
};

/** As much of a cause as is kept; nothing of it holds the text that it was cut from. */
const bounded = ({ id, causeId, taskName, exceptionType, message, frame }: Fingerprint): Fingerprint => ({
  id,
  causeId,
  taskName: taskName === null ? null : name(taskName),
  exceptionType: name(exceptionType),
  message: ownCopy(message),
  frame: frame && { file: name(frame.file), line: frame.line, function: name(frame.function) },
});

const name = (text: string): string => ownCopy(text.slice(0, longestName));
