import assert from 'node:assert/strict';
import { test } from 'node:test';
import { celeryJson } from '../../../../server/faces/cli/celeryJson.ts';

test("writes JSON as Python's json.dumps does", () => {
  const value = {
    'w@h': { ok: 'pong', list: [1, 2.5, null, true], empty: [], none: {} },
    'ü\n"\\': '€\u007f\u2028😀\u0001',
  };
  assert.equal(
    celeryJson(value),
    '{"w@h": {"ok": "pong", "list": [1, 2.5, null, true], "empty": [], "none": {}}, "\\u00fc\\n\\"\\\\": "\\u20ac\\u007f\\u2028\\ud83d\\ude00\\u0001"}',
  );
  assert.deepEqual(JSON.parse(celeryJson(value)), value);
  assert.equal(celeryJson(undefined), 'null');
});
