import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingOf, stateWords } from '../../../../extension/sendTask/progressWords.ts';
import type { TaskProgress } from '../../../../server/api/sendTask.ts';

const aProgress = (parts: Partial<TaskProgress>): TaskProgress => ({
  state: 'SUCCESS',
  hasEnded: true,
  worker: 'api@lab',
  runtimeSeconds: 1.234,
  words: '42',
  ...parts,
});

test('says where, how fast and with what a task succeeded', () => {
  assert.deepEqual(endingOf('lab.add', aProgress({})), {
    severity: 'information',
    sentence: 'lab.add succeeded in 1.23 s on api@lab: “42”',
  });
  const silent = aProgress({ words: 'None', worker: null, runtimeSeconds: null });
  assert.equal(endingOf('lab.add', silent).sentence, 'lab.add succeeded.');
});

test('a failure is a warning with its exception', () => {
  const failed = endingOf('lab.add', aProgress({ state: 'FAILURE', words: "ValueError('no')", runtimeSeconds: null }));
  assert.deepEqual(failed, { severity: 'warning', sentence: "lab.add failed on api@lab: “ValueError('no')”" });
  assert.match(
    endingOf('lab.add', aProgress({ state: 'REVOKED', words: null })).sentence,
    /ended as REVOKED on api@lab\.$/,
  );
});

test('says what is known while it is followed', () => {
  assert.equal(stateWords(aProgress({ state: 'STARTED' })), 'running on api@lab');
  assert.equal(stateWords(aProgress({ state: null, worker: null })), 'no events yet; do its workers send events?');
});
