import type { TracebackFrame } from '../api/failures.ts';
import { lastName, readExceptionRepr } from './exceptionText.ts';
import { normaliseMessage } from './normaliseMessage.ts';
import { type PrintedFrame, readTraceback, type TracebackSection } from './traceback.ts';
import { finalSection, leaves, userFrame } from './userFrame.ts';

/** What a worker said of a failed run. */
export interface FailureReport {
  readonly taskName: string | null;
  /** A Python repr. */
  readonly exception: string | null;
  readonly traceback: string | null;
}

/** What tells one cause from another. */
export interface Fingerprint {
  readonly id: string;
  /** The same whether or not the name of the task is known. */
  readonly causeId: string;
  readonly taskName: string | null;
  readonly exceptionType: string;
  readonly message: string;
  readonly frame: TracebackFrame | null;
}

const longestMessage = 1_000;

/**
 * Failures have one cause when their exception's class, the line of the user's code that raised it and the task are the
 * same. The line counts by its text and its function, not by its number, which moves with every edit above it. Where no
 * frame is the user's, what the exception says stands in, without what differs each time.
 */
export const fingerprintOf = (report: FailureReport): Fingerprint => {
  const sections = report.traceback ? readTraceback(report.traceback) : [];
  const repr = readExceptionRepr(report.exception ?? '');
  const final = finalSection(sections);
  const exceptionType = typeOf(repr.type, final);
  const message = (wordsOf(final) ?? repr.message).slice(0, longestMessage);
  const taskName = report.taskName ?? (exceptionType === 'NotRegistered' ? unregisteredName(message) : null);
  const printed = userFrame(sections, taskName);
  const parts = leaves(sections).map(({ exception }) => exception ?? '');
  const idOf = (name: string, frame: PrintedFrame | null): string =>
    digest([name, exceptionType, placeOf(frame, message), ...[...new Set(parts)].sort()].join('\n\n'));
  const id = idOf(taskName ?? '', printed);
  const causeId = taskName === null ? id : idOf('', userFrame(sections, null));
  const frame = printed && { file: printed.file, line: printed.line, function: printed.function };
  return { id, causeId, taskName, exceptionType, message, frame };
};

const placeOf = (frame: PrintedFrame | null, message: string): string =>
  frame ? [generalPath(frame.file), frame.function, frame.code ?? ''].join('\n') : normaliseMessage(message);

/** What carries an exception from one process to another is not what happened (billiard/einfo.py, celery/utils/serialization.py). */
const carriers: ReadonlySet<string> = new Set(['ExceptionWithTraceback', 'UnpickleableExceptionWrapper']);

const typeOf = (named: string | null, final: TracebackSection | null): string => {
  const printed = final?.exception ? lastName(final.exception) : null;
  const isCarried = named === null || carriers.has(named);
  return (isCarried ? (printed ?? named) : named) ?? 'Exception';
};

/** Null where the traceback ends before the exception's own words. billiard's exceptions print themselves as a repr. */
const wordsOf = (final: TracebackSection | null): string | null => {
  if (!final?.exception) return null;
  const own = `${lastName(final.exception)}(`;
  return final.message.startsWith(own) ? readExceptionRepr(final.message).message : final.message;
};

/** A worker that does not know a task says only so, and the name. */
const unregisteredName = (message: string): string | null => message.replace(/^'(.*)'$/, '$1') || null;

/** Releases and temporary folders have a number or a date in their path. */
const generalPath = (file: string): string => file.replaceAll('\\', '/').replaceAll(/\d{4,}/g, '#');

/** 64 bits that stand for a text (cyrb53, with both halves kept whole). */
const digest = (text: string): string => {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  const first = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const second = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return [first, second].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
