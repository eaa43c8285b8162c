import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTransportOption, withTransportOption } from '../../../../server/faces/cli/transportOption.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';

const read = (...texts: readonly string[]): Readonly<Record<string, unknown>> =>
  texts.map((text) => readTransportOption(text, '--transport-option')).reduce(withTransportOption, {});

test('reads numbers, switches and JSON as such and anything else as text', () => {
  assert.deepEqual(
    read('visibility_timeout=3600', 'fanout_prefix=False', 'store_processed=true', 'priority_steps=[0, 5]', 'sep=:'),
    { visibility_timeout: 3600, fanout_prefix: false, store_processed: true, priority_steps: [0, 5], sep: ':' },
  );
  assert.deepEqual(read('global_keyprefix=a=b', 'master_name=', 'x="7"'), {
    global_keyprefix: 'a=b',
    master_name: '',
    x: '7',
  });
});

test('nests at the dots, beside what is there', () => {
  assert.deepEqual(read('sentinel_kwargs.password=geheim', 'sentinel_kwargs.username=u', 'master_name=m'), {
    sentinel_kwargs: { password: 'geheim', username: 'u' },
    master_name: 'm',
  });
  assert.deepEqual(read('a=1', 'a.b=2'), { a: { b: 2 } });
});

test('refuses what has no name, and does not repeat it', () => {
  for (const bad of ['geheim', '=geheim', 'a..b=geheim', '.a=geheim', '__proto__.x=geheim']) {
    assert.throws(
      () => read(bad),
      (error) =>
        error instanceof UsageError && /requires KEY=VALUE/.test(error.message) && !/geheim/.test(error.message),
      bad,
    );
  }
  assert.equal(({} as { x?: unknown }).x, undefined);
});
