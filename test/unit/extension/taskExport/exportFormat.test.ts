import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatFor } from '../../../../extension/taskExport/exportFormat.ts';
import type { TaskSummary } from '../../../../server/api/tasks.ts';
import { applyAll, makeState, received, taskEvent } from '../../state/someEvents.ts';

const tasks = (): readonly TaskSummary[] =>
  applyAll(
    makeState(),
    received(1, 1, { args: `('a, "b"\n',)`, kwargs: '=1+1' }),
    taskEvent('succeeded', 1, 2, { result: '-5', runtime: 0.5 }),
    received(2, 3),
  ).tasks.page({ sort: { column: 'received', descending: false } }).tasks;

const written = (name: string): string => {
  const format = formatFor(name);
  return (
    format.head +
    tasks()
      .map((task, at) => format.row(task, at === 0))
      .join('') +
    format.foot
  );
};

describe('an export of tasks', () => {
  it('as CSV quotes what has to be, and lets no text run as a formula', () => {
    const lines = written('a.csv').split('\r\n');
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /^\uFEFFid,state,name,/);
    assert.match(lines[1] ?? '', /SUCCESS,shop\.charge/);
    assert.ok(lines[1]?.includes(`"('a, ""b""\n',)"`));
    assert.ok(lines[1]?.includes(`,'=1+1,'-5,`));
    assert.ok(lines[1]?.includes(',2027-01-15T08:00:01.000Z,'));
  });

  it('as JSON is one list that can be read back', () => {
    const rows: readonly Record<string, unknown>[] = JSON.parse(written('a.JSON'));
    assert.deepEqual(
      rows.map((row) => [row['state'], row['kwargs'], row['runtimeSeconds']]),
      [
        ['SUCCESS', '=1+1', 0.5],
        ['RECEIVED', '{}', null],
      ],
    );
    assert.deepEqual(JSON.parse(`${formatFor('x.json').head}${formatFor('x.json').foot}`), []);
  });
});
