import assert from 'node:assert/strict';
import { floodSteadily } from '../contract/steadyFlood.ts';
import { Lab } from '../lab/lab.ts';
import { labTest } from '../lab/labTest.ts';

labTest(
  '30,000 events a second for a minute, with a reader, a scraper and pages, are counted or said to be lost',
  async (context) => {
    const lab = await Lab.open();
    context.after(() => lab.close());
    const seconds = Number(process.env['CELERIAC_FLOOD_SECONDS'] ?? 60);
    const figures = await floodSteadily(lab, { eventsPerSecond: 30_000, seconds });
    context.diagnostic(JSON.stringify(figures));
    const { sent, events, lost, uncountedLosses, invalid, read, missed, asked, code } = figures;
    assert.equal(sent, 30_000 * seconds);
    // The probe that looks for a listener is one event more.
    if (uncountedLosses === 0)
      assert.ok(events + lost >= sent && events + lost <= sent + 5, `${events} + ${lost} of ${sent}`);
    assert.deepEqual(
      Object.values(invalid).filter((count) => count !== 0),
      [],
    );
    assert.ok(read + missed >= events - 5, `the reader got ${read}, and was told of ${missed}, of ${events}`);
    assert.ok(asked.scrapes >= seconds / 4 && asked.pages >= seconds / 4, JSON.stringify(asked));
    assert.equal(asked.refused, 0);
    assert.equal(code, 0);
  },
);
