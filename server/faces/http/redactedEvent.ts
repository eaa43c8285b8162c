import type { Redactor } from '../../api/redactor.ts';

type Event = Readonly<Record<string, unknown>>;

const texts = ['args', 'kwargs', 'result', 'exception'];

/** An event as people may see it: what looks like a secret in its texts is covered. */
export const redactedEvent = (event: Event, redactor: Pick<Redactor, 'text' | 'traceback'>): Event => {
  const covered = texts.flatMap((name) => {
    const text = event[name];
    return typeof text === 'string' ? [[name, redactor.text(text)] as const] : [];
  });
  const { traceback } = event;
  return {
    ...event,
    ...Object.fromEntries(covered),
    ...(typeof traceback === 'string' ? { traceback: redactor.traceback(traceback) } : {}),
  };
};
