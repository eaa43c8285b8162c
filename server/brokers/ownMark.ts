import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const host = hostname().replaceAll(/[^A-Za-z0-9]/g, '-');
const form = /^celeriac-(.+)-(\d+)-[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** The marks that sessions of this process use at the moment: a pid alone may have been somebody else's before. */
const inUse = new Set<string>();

/** What all marks on this host begin with. */
export const markPrefix = `celeriac-${host}-`;

/** A unique name for what a session puts into a broker; it tells a later session whether its owner still lives. */
export const newMark = (): string => {
  const mark = `${markPrefix}${process.pid}-${randomUUID()}`;
  inUse.add(mark);
  return mark;
};

/** The session is over; should it have left anything, the next one may remove it. */
export const releaseMark = (mark: string): void => {
  inUse.delete(mark);
};

/** Whether the mark is of a session on this host that is no more. Of other hosts nothing can be known. */
export const isOrphan = (mark: string): boolean => {
  const [, owner, pid] = form.exec(mark) ?? [];
  if (owner !== host) return false;
  return Number(pid) === process.pid ? !inUse.has(mark) : !isAlive(Number(pid));
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
