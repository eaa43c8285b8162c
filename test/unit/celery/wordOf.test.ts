import assert from 'node:assert/strict';
import { it } from 'node:test';
import { wordOf } from '../../../server/celery/wordOf.ts';
import { EventLines } from '../../../server/faces/cli/eventLine.ts';
import { readLimits } from '../../../server/health/workerSurvey.ts';
import { aTerminal } from '../faces/cli/aTerminal.ts';

const own: unknown = JSON.parse('{"toString": 1, "valueOf": 2}');

it('a value with a member called toString is shown as its JSON', () => {
  assert.equal(wordOf(own), '{"toString":1,"valueOf":2}');
  assert.equal(wordOf(null), '');
});

it('an event is printed whatever its fields are', () => {
  const { page } = aTerminal().terminal;
  for (const type of ['task-sent', 'task-received', 'task-succeeded', 'task-failed', 'task-revoked', 'worker-online'])
    for (const field of [
      'uuid',
      'args',
      'kwargs',
      'queue',
      'eta',
      'result',
      'exception',
      'signum',
      'sw_ver',
      'loadavg',
    ])
      for (const value of [own, [own]]) {
        const event = { type, hostname: 'w', timestamp: 1, terminated: true, [field]: value };
        assert.ok(new EventLines().line(event, null, page).length > 0, `${type} ${field}`);
      }
});

it('the tasks that a worker registered are read whatever they are', () => {
  assert.equal(readLimits([own, 'shop.a [time_limit=30]']).size, 2);
});
