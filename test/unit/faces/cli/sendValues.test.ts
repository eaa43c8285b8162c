import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadValue } from '../../../../server/faces/cli/optionValues.ts';
import {
  readArray,
  readExpiry,
  readMoment,
  readObject,
  readPriority,
  readSignalName,
} from '../../../../server/faces/cli/sendValues.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';

const refuses = (read: ReadValue<unknown>, texts: readonly string[], sentence: RegExp): void => {
  for (const text of texts)
    assert.throws(
      () => read(text, '--x'),
      (error) => error instanceof UsageError && sentence.test(error.message),
      text,
    );
};

test('sends numbers as they were typed, which Python tells apart', () => {
  const text = '[1.0,12345678901234567890,-0.10,1e3,7,"1.0",{"a":[2.50]}]';
  assert.equal(JSON.stringify(readArray(text, '--args')), text);
  assert.equal(JSON.stringify(readObject('{"n":1.0}', '--kwargs')), '{"n":1.0}');
});

test('refuses arguments that are not JSON of the right kind, without showing them', () => {
  refuses(
    readArray,
    ['', 'geheim', '[geheim]', "['geheim']"],
    /^--x is not valid JSON\. Check the quotes for your shell\.$/,
  );
  refuses(
    readArray,
    ['{"a": "geheim"}', '"geheim"', '1', 'null'],
    /^--x requires a JSON array, such as '\[1, "two"\]'\.$/,
  );
  refuses(readObject, ['["geheim"]', '"geheim"', '1', '1.0', 'null'], /^--x requires a JSON object/);
});

test('reads a time with its offset, or as the time of this machine', () => {
  assert.equal(readMoment('2030-01-31T09:00:00+01:00', '').toISOString(), '2030-01-31T08:00:00.000Z');
  assert.equal(readMoment('2030-01-31T09:00:00.5Z', '').toISOString(), '2030-01-31T09:00:00.500Z');
  assert.equal(readMoment('2030-01-31 09:00-0230', '').toISOString(), '2030-01-31T11:30:00.000Z');
  assert.equal(readMoment('2030-01-31T09:00+02', '').toISOString(), '2030-01-31T07:00:00.000Z');
  assert.equal(readMoment('2030-01-31 09:00', '').getTime(), new Date(2030, 0, 31, 9).getTime());
  assert.equal(readMoment('2030-01-31', '').getTime(), new Date(2030, 0, 31).getTime());
  refuses(
    readMoment,
    ['', 'tomorrow', '09:00', '2030-13-01', '2030-01-31T25:00', '31.01.2030'],
    /requires a time such as 2030-01-31T09:00/,
  );
});

test('reads an expiry as a time or as seconds from now', () => {
  assert.equal(readExpiry('90.5', ''), 90.5);
  assert.ok(readExpiry('2030-01-31', '') instanceof Date);
  refuses(readExpiry, ['0', '-5', '1e99'], /requires a time or a number of seconds/);
  refuses(readExpiry, ['soon', ''], /requires a time such as/);
});

test('reads priorities and signals', () => {
  assert.equal(readPriority('0', ''), 0);
  assert.equal(readPriority('255', ''), 255);
  refuses(readPriority, ['256', '-1', '1.5', 'high', ''], /an integer from 0 to 255/);
  assert.equal(readSignalName('kill', ''), 'KILL');
  assert.equal(readSignalName('SIGUSR1', ''), 'SIGUSR1');
  assert.equal(readSignalName('9', ''), 9);
  refuses(readSignalName, ['KILLL'], /Did you mean "KILL"\?$/);
  refuses(readSignalName, ['0', '65', ''], /requires a signal such as TERM or KILL/);
});
