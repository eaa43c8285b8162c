import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { isOrphan, markPrefix, newMark, releaseMark } from '../../../server/brokers/ownMark.ts';

const uuid = '0b9f1f0e-7d0a-4c7e-9a52-1d2f3a4b5c6d';
const deadPid = spawnSync(process.execPath, ['--version']).pid;

describe('the mark of a session', () => {
  it('is nobody else’s, and no orphan while the session lives', () => {
    const [one, other] = [newMark(), newMark()];
    assert.notEqual(one, other);
    assert.ok(one.startsWith(`${markPrefix}${process.pid}-`), one);
    assert.equal(isOrphan(one), false);
    releaseMark(one);
    assert.equal(isOrphan(one), true);
    assert.equal(isOrphan(other), false);
  });

  it('is an orphan when its process is gone', () => {
    assert.equal(isOrphan(`${markPrefix}${deadPid}-${uuid}`), true);
    assert.equal(isOrphan(`${markPrefix}${process.ppid}-${uuid}`), false);
  });

  it('is an orphan when its process had the number that is now ours', () => {
    assert.equal(isOrphan(`${markPrefix}${process.pid}-${uuid}`), true);
  });

  it('is left alone when it comes from another host, or is none', () => {
    assert.equal(isOrphan(`celeriac-some-other-host-${deadPid}-${uuid}`), false);
    assert.equal(isOrphan(`${markPrefix}more-${deadPid}-${uuid}`), false);
    assert.equal(isOrphan(`${markPrefix}${deadPid}-`), false);
    assert.equal(isOrphan(uuid), false);
  });
});
