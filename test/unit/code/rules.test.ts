import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../../server/code/ruleTable.ts';
import { findingsOf } from './indexOf.ts';
import { messageCases } from './messageCases.ts';
import type { RuleCases } from './ruleCases.ts';
import { settingCases } from './settingCases.ts';
import { taskCases } from './taskCases.ts';

const cases: RuleCases = { ...taskCases, ...messageCases, ...settingCases };

describe('the rules of "celeriac check"', () => {
  it('each have bad code that they find and near misses that they leave alone', () => {
    const ids = rules.map(({ id }) => id).sort();
    assert.deepEqual(Object.keys(cases).sort(), ids);
    for (const [id, { bad, near }] of Object.entries(cases)) {
      assert.ok(bad.length > 0, `${id} has no bad code`);
      assert.ok(near.length > 0, `${id} has no near miss`);
    }
  });

  for (const [id, { bad, near }] of Object.entries(cases))
    it(`${id} finds what is bad, where it is, and nothing else`, () => {
      for (const { files, at } of bad)
        assert.deepEqual(findingsOf(id, files), at, Object.values(files).join('\n---\n'));
      for (const files of near) assert.deepEqual(findingsOf(id, files), [], Object.values(files).join('\n---\n'));
    });
});
