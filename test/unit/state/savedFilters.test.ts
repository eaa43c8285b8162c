import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSavedFilters } from '../../../server/state/queries/language/savedFilters.ts';

test('saved filters are queries by name; each that cannot be used is named, and the others stay', () => {
  const { filters, problems } = readSavedFilters(
    { stuck: ' state:STARTED runtime:>1h ', broken: 'stat:x', empty: '', number: 3, ['x'.repeat(81)]: 'state:FAILURE' },
    'pyproject.toml',
  );
  assert.deepEqual([...filters], [['stuck', 'state:STARTED runtime:>1h']]);
  assert.equal(problems.length, 4);
  assert.match(
    problems[0] ?? '',
    /^pyproject\.toml: the filter "broken" is ignored: Query, character 1: Unknown field "stat"/,
  );
  assert.match(problems[3] ?? '', /its name must have 1 to 80 characters\.$/);
  assert.deepEqual(readSavedFilters([], 'x').problems, ['x: filters must be a table of names and queries.']);
  assert.deepEqual(readSavedFilters(undefined, 'x'), { filters: new Map(), problems: [] });
});
