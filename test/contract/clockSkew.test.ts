import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import { type LabWorker, until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { watchHealth } from './watchHealth.ts';

const hours2 = 7_200;

const nameOf = ({ hostname }: LabWorker): string => hostname.replace(/@.*/, '');

describe('workers whose clocks are two hours wrong', () => {
  labTest('are known by their drift, run their tasks, and return after their goodbye', async (lab, t) => {
    const broker = await lab.redis();
    const start = (name: string, shift: number) =>
      lab.worker({ broker, name, pool: 'solo', queues: [name], env: { LAB_CLOCK_SHIFT: String(shift) } });
    const healthRules = { clockDrift: { warningAfterSeconds: 0 } };
    const connection = { ...connectionTo(broker), refreshIntervalMs: 500, healthRules };
    const { cluster, raised } = await watchHealth(t, connection, join(lab.folder, 'h'));
    const statusOf = (hostname: string) => cluster.state.workers.get(hostname)?.status;
    const [ahead, behind] = await Promise.all([start('ahead', hours2), start('behind', -hours2)]);
    for (const [{ hostname }, drift] of [
      [ahead, -hours2],
      [behind, hours2],
    ] as const) {
      await until(`${hostname} is online`, () => statusOf(hostname) === 'online');
      await until('its drift is known', () => {
        const told = cluster.state.workers.get(hostname)?.clockDriftSeconds ?? null;
        return told !== null && Math.abs(told - drift) < 60;
      });
    }
    assert.match((await raised('clockDrift', 'warning', 60_000)).sentence, / is (2 h|120 min|7\D?\d{3} s) (slow|fast)/);
    for (const queue of ['ahead', 'behind']) {
      const [id = ''] = await lab.send({ broker, task: 'lab.echo', args: [1], queue });
      await until(`${queue} has run its task`, () => cluster.state.tasks.stateOf(id) === 'SUCCESS');
    }
    for (const worker of [ahead, behind]) {
      await worker.stop();
      await until(`${worker.hostname} has said goodbye`, () => statusOf(worker.hostname) === 'offline');
      // Its machine was replaced by one whose clock is right.
      await start(nameOf(worker), 0);
      await until(`${worker.hostname} is back`, () => statusOf(worker.hostname) === 'online');
    }
  });
});
