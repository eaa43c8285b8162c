import type { DumpedFrame, DumpedThread } from '../api/threads.ts';
import type { HeldTask } from '../api/workerDetail.ts';

type Running = Pick<HeldTask, 'id' | 'name'>;

/** Which of the tasks that a process runs is the one in a thread, as far as its calls tell. */
export const taskOfThread = (frames: readonly DumpedFrame[], running: readonly Running[]): DumpedThread['task'] => {
  const body = taskBody(frames);
  if (body === null) return null;
  const named = running.filter(({ name }) => name !== null && name.split('.').at(-1) === body.function);
  const candidates = named.length > 0 ? named : running;
  const [first, ...others] = candidates;
  if (!first) return { name: body.function, id: null };
  const name = first.name ?? body.function;
  if (others.some((other) => other.name !== first.name)) return { name: body.function, id: null };
  return { name, id: others.length === 0 ? first.id : null };
};

/** What Celery's tracer calls (celery/app/trace.py), past the wrappers that Celery itself puts around a task. */
const taskBody = (frames: readonly DumpedFrame[]): DumpedFrame | null => {
  const tracer = frames.findLastIndex(({ file }) => /[/\\]celery[/\\]app[/\\]trace\.py$/.test(file));
  if (tracer === -1) return null;
  return frames.slice(tracer + 1).find(({ file }) => !/[/\\]celery[/\\]app[/\\]\w+\.py$/.test(file)) ?? null;
};
