import { readdirSync, readFileSync } from 'node:fs';

/** Answers whether there was anyone to take it. A negative id is a process group. */
export const sendSignal = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
};

/** Every process here, where the system has /proc. */
export const processIds = (): number[] =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .map(Number)
        .filter((pid) => pid > 0)
    : [];

/** A zombie whose parent does not collect it still takes signals, but it is no longer alive. */
export const isGroupAlive = (group: number): boolean => {
  if (!sendSignal(-group, 0)) return false;
  return process.platform !== 'linux' || processIds().some((pid) => isLivingMember(pid, group));
};

const isLivingMember = (pid: number, group: number): boolean => {
  try {
    const [state, , pgrp] = statOf(pid);
    return Number(pgrp) === group && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
};

/** proc(5): R, S, D, T (stopped), Z …; undefined when there is no such process or no /proc. */
export const processState = (pid: number): string | undefined => {
  try {
    return statOf(pid)[0];
  } catch {
    return undefined;
  }
};

/** Everything after `pid (comm)`; comm may itself contain spaces and brackets. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};
