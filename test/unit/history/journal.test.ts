import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertEntry, AuditEntry } from '../../../server/api/history.ts';
import { phrase } from '../../../server/api/phrase.ts';
import { redact } from '../../../server/history/redact.ts';
import { open, tempFolder } from './somethingKept.ts';

const alert = (id: string, raisedAt: number, resolvedAt: number | null = null): AlertEntry => ({
  id,
  rule: 'workerLost',
  subject: 'celery@a',
  severity: 'critical',
  raisedAt,
  resolvedAt,
  sentence: 'celery@a has been silent for 20 s.',
});

const audit = (at: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  at,
  who: 'ann',
  action: 'revoke',
  target: 'celery@a',
  parameters: { ids: ['x'], terminate: true },
  outcome: 'done',
  sentence: null,
  ...more,
});

for (const memory of [false, true]) {
  const options = memory ? { sqlite: async () => null } : {};

  describe(`alerts and audit ${memory ? 'in memory' : 'on disk'}`, () => {
    it('come back the newest first, within times and limits', async (t) => {
      const history = await open(tempFolder(t), options);
      for (const at of [3, 1, 2, 5, 4]) {
        await history.saveAlert(alert(`a${at}`, at));
        await history.appendAudit(audit(at));
      }
      const raised = async (query: Parameters<typeof history.alerts>[0]) =>
        (await history.alerts(query)).map(({ raisedAt }) => raisedAt);
      const done = async (query: Parameters<typeof history.audit>[0]) =>
        (await history.audit(query)).map(({ at }) => at);
      for (const read of [raised, done]) {
        assert.deepEqual(await read({}), [5, 4, 3, 2, 1]);
        assert.deepEqual(await read({ from: 2, to: 4 }), [3, 2]);
        assert.deepEqual(await read({ limit: 2 }), [5, 4]);
      }
      assert.deepEqual((await history.audit({ limit: 1 }))[0], audit(5));
      await history.close();
    });

    it('hold an alert once: what becomes of it replaces what was known', async (t) => {
      const history = await open(tempFolder(t), options);
      await history.saveAlert(alert('a', 1));
      await history.saveAlert(alert('a', 1, 7));
      assert.deepEqual(await history.alerts({}), [alert('a', 1, 7)]);
      await history.close();
    });

    it('keep what the sentence of an alert was made of, so that a window shows it in its own language', async (t) => {
      const history = await open(tempFolder(t), options);
      const entry = {
        ...alert('a', 1),
        phrase: phrase('health.workerSilent', { worker: 'celery@a', silence: 20, limit: phrase('limit.none') }),
      };
      await history.saveAlert(entry);
      assert.deepEqual(await history.alerts({}), [entry]);
      await history.close();
    });

    it('hold no secret', async (t) => {
      const history = await open(tempFolder(t), options);
      await history.appendAudit(audit(1, { parameters: { password: 'hunter2', url: 'redis://:hunter2@h/0' } }));
      const text = JSON.stringify(await history.audit({}));
      assert.doesNotMatch(text, /hunter2/);
      assert.match(text, /redis:/);
      await history.close();
    });
  });
}

describe('an audit entry', () => {
  it('loses what is secret, wherever it stands', () => {
    const entry = audit(1, {
      target: 'amqp://guest:hunter2@host//',
      sentence: 'amqp://guest:hunter2@host// refused it',
      parameters: {
        apiKey: 'hunter2',
        nested: [{ AUTHORIZATION: 'hunter2', list: ['see https://u:hunter2@x.example/?token=hunter2 there'] }],
        db_password: { a: 'hunter2' },
      },
    });
    assert.doesNotMatch(JSON.stringify(redact(entry)), /hunter2/);
  });

  it('keeps what is none', () => {
    const entry = audit(1, {
      parameters: { ids: ['a', 'b'], terminate: true, signal: null, rate: 1.5, note: 'host:6379' },
    });
    assert.deepEqual(redact(entry), entry);
  });

  it('survives parameters that do not fit into JSON', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const { parameters } = redact(
      audit(1, { parameters: { loop, big: 10n, none: undefined, long: 'x'.repeat(9000) } }),
    );
    assert.ok(JSON.stringify(parameters).length < 3000);
  });
});
