interface PollingParts {
  /** Reads once; it does not reject. */
  readonly read: () => Promise<void>;
  readonly everyMs: () => number;
  /** While nobody looks, or the page is paused, nothing is read. */
  readonly isIdle: () => boolean;
}

export interface Polling {
  /** Reads now, or once more when what is being read is there. */
  refresh(): void;
  stop(): void;
}

/** Reads again and again, one reading at a time: a slow host is asked less often, never more than it can answer. */
export const startPolling = ({ read, everyMs, isIdle }: PollingParts): Polling => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isWanted = false;
  let isOver = false;
  const readNow = async (): Promise<void> => {
    clearTimeout(timer);
    isReading = true;
    isWanted = false;
    await read();
    isReading = false;
    if (isOver) return;
    if (isWanted) void readNow();
    else wait();
  };
  const wait = (): void => {
    timer = setTimeout(() => (isIdle() ? wait() : void readNow()), everyMs());
  };
  void readNow();
  return {
    refresh: () => {
      if (isReading) isWanted = true;
      else if (!isOver) void readNow();
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
