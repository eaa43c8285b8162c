import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { keepStringsSwift } from '../../../../server/state/names/taskId.ts';

setFlagsFromString('--allow-natives-syntax');
const isSwift: () => boolean = runInThisContext('() => %HasFastProperties(String.prototype)');

test('strings are swift again after a library has extended String', () => {
  class Verbatim extends String {}
  assert.equal(new Verbatim('x').length, 1);
  assert.equal(isSwift(), false, 'extending String slows strings down no longer: the remedy can go');
  keepStringsSwift();
  assert.equal(isSwift(), true);
});
