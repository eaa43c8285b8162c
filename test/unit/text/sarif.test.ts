import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { checkCode } from '../../../server/code/checkCode.ts';
import { LineMap } from '../../../server/python/lineMap.ts';
import { sarif } from '../../../server/text/findings.ts';
import { indexOf } from '../code/indexOf.ts';

/** What the schema of SARIF 2.1.0 asks of the objects that are written here; it allows no other members in them. */
const uri = v.pipe(
  v.string(),
  v.check((text) => URL.canParse(text)),
);
const relativeUri = v.pipe(v.string(), v.regex(/^(?:[\w.~!$&'()*+,;=:@/-]|%[\dA-F]{2})+$/));
const level = v.picklist(['none', 'note', 'warning', 'error']);
const fromOne = v.pipe(v.number(), v.integer(), v.minValue(1));
const message = v.strictObject({ text: v.string() });
const descriptor = v.strictObject({
  id: v.string(),
  shortDescription: message,
  fullDescription: message,
  helpUri: uri,
  defaultConfiguration: v.strictObject({ level }),
});
const region = v.strictObject({ startLine: fromOne, startColumn: fromOne, endLine: fromOne, endColumn: fromOne });
const result = v.strictObject({
  ruleId: v.string(),
  ruleIndex: v.pipe(v.number(), v.integer(), v.minValue(0)),
  level,
  message,
  locations: v.array(
    v.strictObject({
      physicalLocation: v.strictObject({ artifactLocation: v.strictObject({ uri: relativeUri }), region }),
    }),
  ),
});
const log = v.strictObject({
  $schema: uri,
  version: v.literal('2.1.0'),
  runs: v.array(
    v.strictObject({
      tool: v.strictObject({
        driver: v.strictObject({
          name: v.string(),
          version: v.string(),
          informationUri: uri,
          rules: v.array(descriptor),
        }),
      }),
      columnKind: v.picklist(['utf16CodeUnits', 'unicodeCodePoints']),
      results: v.array(result),
    }),
  ),
});

test('what is written as SARIF is what its schema asks for', () => {
  const path = 'my shop/täsks%.py';
  const index = indexOf({ [path]: 'from celery import shared_task\n@shared_task\nasync def send():\n    pass\n' });
  const placed = checkCode(index).map((finding) => {
    const lines = new LineMap(index.file(finding.file)?.syntax.text ?? '');
    const { start, end } = finding;
    const endOf = { endLine: lines.line(end), endColumn: lines.column(end) };
    return { ...finding, line: lines.line(start), column: lines.column(start), ...endOf };
  });
  const written: unknown = JSON.parse(JSON.stringify(sarif(placed, '1.2.3')));
  const [run] = v.parse(log, written).runs;
  const [found] = run?.results ?? [];
  assert.equal(found?.locations[0]?.physicalLocation.artifactLocation.uri, 'my%20shop/t%C3%A4sks%25.py');
  assert.equal(run?.tool.driver.rules[found?.ruleIndex ?? -1]?.id, found?.ruleId);
  assert.deepEqual(found?.locations[0]?.physicalLocation.region, {
    startLine: 3,
    startColumn: 11,
    endLine: 3,
    endColumn: 15,
  });
});
