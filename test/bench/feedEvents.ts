import type { FedSubject } from './context.ts';
import type { Packing, TaskStream } from './taskStream.ts';

/** Small enough for any subject: neither Redis' output buffer nor Celery's five seconds of TTL cut into it. */
const portion = 10_000;

/** Publishes events in portions, each at full speed, and the next when the last is counted; answers how many were. */
export const feedEvents = async (
  { subject, publisher }: FedSubject,
  stream: TaskStream,
  events: number,
  packing: Packing,
): Promise<number> => {
  const before = await subject.counted();
  let counted = before;
  for (let sent = 0; sent < events; sent += portion) {
    const size = Math.min(portion, events - sent);
    await publisher.prepare(stream.messages(size, packing))();
    counted = await subject.countTo(before + sent + size);
  }
  return counted - before;
};
