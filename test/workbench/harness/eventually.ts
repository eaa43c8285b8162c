import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats an assertion until it holds; when the time is up, it fails with the assertion's own last words. */
export const eventually = async <T>(assertion: () => T | Promise<T>, limitMs = 20_000): Promise<T> => {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(100);
    }
  }
};
