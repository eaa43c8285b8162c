import assert from 'node:assert/strict';
import { it } from 'node:test';
import { csvLines } from '../../../../server/faces/cli/csvLines.ts';

it('writes rows as CSV, with a column for every name that some row has', () => {
  const rows = [
    { id: 'a', n: 1.5, args: 'x, "y"\n' },
    { id: 'b', more: { deep: [1] }, none: null },
  ];
  assert.deepEqual(csvLines(rows, JSON.stringify), [
    'id,n,args,more,none',
    'a,1.5,"x, ""y""\n",,',
    'b,,,"{""deep"":[1]}",',
  ]);
  assert.deepEqual(csvLines([], JSON.stringify), []);
});

it('hands a spreadsheet no formula', () => {
  assert.deepEqual(
    csvLines(
      [
        { args: '=cmd|x', n: -1 },
        { args: '@a', n: null },
      ],
      JSON.stringify,
    ),
    ['args,n', "'=cmd|x,-1", "'@a,"],
  );
});
