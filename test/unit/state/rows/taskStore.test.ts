import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SeriesBook } from '../../../../server/state/figures/seriesBook.ts';
import { TaskTally } from '../../../../server/state/figures/taskTally.ts';
import { EventTypes } from '../../../../server/state/names/eventTypes.ts';
import { Interner } from '../../../../server/state/names/interner.ts';
import { TaskStates } from '../../../../server/state/names/taskStates.ts';
import { TaskMerger } from '../../../../server/state/rows/taskMerger.ts';
import { TaskStore } from '../../../../server/state/rows/taskStore.ts';
import { received, t0, taskEvent } from '../someEvents.ts';

it('gives back every string and every block of the tasks it forgets', () => {
  const interner = new Interner();
  const states = new TaskStates();
  const series = new SeriesBook(0, () => ({ running: 0, waiting: 0, workersOnline: 0 }));
  const tally = new TaskTally(interner, series);
  const store = new TaskStore(10, interner, states, tally);
  const merger = new TaskMerger(store, tally);
  const types = new EventTypes(states);
  const apply = (event: ReturnType<typeof taskEvent>, sender: string): void => {
    const id = interner.acquire(sender);
    merger.apply(event, types.of(event.type), id, event.timestamp * 1000);
    interner.release(id);
  };
  const day = 86_400;
  for (let task = 0; task < 2000; task++) {
    const id = task % 2 === 0 ? task : `order ${task}`;
    apply(
      taskEvent('sent', id, task, {
        name: `name ${task}`,
        queue: `queue ${task}`,
        exchange: `exchange ${task}`,
        routing_key: `key ${task}`,
      }),
      `gen${task}@web`,
    );
    apply(received(id, task, { name: `name ${task}`, args: `(${'x'.repeat(task)})` }), `celery@${task}`);
    apply(
      taskEvent('failed', id, task, {
        exception: `E(${task})`,
        traceback: `${`frame ${task}\n`.repeat(20)}E: ${task}`,
      }),
      `celery@${task}`,
    );
  }
  assert.equal(store.evicted, 1990);
  tally.forgetIdle((t0 + 2000 + 2 * day) * 1000);
  // Of each task that is left: name, queue, exchange, routing key, client, worker, and the frames of its traceback.
  assert.equal(interner.size, 10 * 7);
  const blocks = [...store.arena.livePages()].reduce((sum, page) => sum + page.live, 0);
  assert.equal(blocks, 10 * 2);
  assert.ok(store.arena.bytesHeld < 40 * 65_536, `${store.arena.bytesHeld} bytes`);
});
