/**
 * Ends the process with this code, at once. `process.exit` waits for the threads of libuv, and one that resolves a name
 * cannot be stopped: it waits for the resolver's own time-outs, which take up to half a minute.
 */
export const leave = (code: number): never => {
  if (process.platform !== 'win32' && isResolving()) endAtOnce(code);
  return process.exit(code);
};

const isResolving = (): boolean => process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');

const signals: Readonly<Record<number, NodeJS.Signals>> = { 130: 'SIGINT', 143: 'SIGTERM' };

/** A signal that nobody handles ends every thread, and the shell makes the same code of it; so does another program in our place. */
const endAtOnce = (code: number): void => {
  const signal = signals[code];
  if (signal === undefined) {
    // Node 22.15 and later.
    process.execve?.(process.execPath, [process.execPath, '-e', `process.exit(${code})`], {});
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
};
