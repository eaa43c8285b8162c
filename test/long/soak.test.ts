import assert from 'node:assert/strict';
import { runSoak } from '../bench/soakRun.ts';
import { Keeper } from '../lab/keeper.ts';
import { Lab } from '../lab/lab.ts';
import { labTest } from '../lab/labTest.ts';

labTest('serve keeps nothing for being asked: a day of questions, in ten minutes', async (context) => {
  const lab = await Lab.open();
  const keeper = new Keeper();
  context.after(async () => {
    await lab.close();
    await keeper.close();
  });
  const figures = await runSoak({ lab, keeper, seconds: 600, say: (sentence) => context.diagnostic(sentence) });
  context.diagnostic(JSON.stringify(figures));
  const { statuses, residentChange, growthPerDayMb, files, listeners, warnings } = figures;
  // A wrong token is refused, a task may be forgotten between two questions, and an unhealthy cluster says so by its status.
  const usual = (what: string): boolean =>
    /^answered$|^401 \/page\/token$|^404 \/(?:api\/(?:v1\/|celery\/|v1\/celery\/)?)?tasks\/(?:none)?$|^503 \/api\/(?:v1|celery)\/health/.test(
      what,
    );
  assert.deepEqual(
    Object.keys(statuses).filter((what) => !usual(what)),
    [],
  );
  assert.ok(residentChange <= 0.05, `resident memory has grown by ${(residentChange * 100).toFixed(1)} %`);
  assert.ok(growthPerDayMb <= 10, `${growthPerDayMb.toFixed(1)} MB a day`);
  assert.ok(files[1] <= files[0] + 2, `${files[0]} files, then ${files[1]}`);
  assert.equal(listeners[1], listeners[0]);
  assert.deepEqual(warnings, []);
});
