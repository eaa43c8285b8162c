import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRedactPatterns, mask } from '../../../server/api/redaction.ts';
import { makeOutlet } from '../../../server/outlet/outlet.ts';

const outlet = makeOutlet(defaultRedactPatterns);

describe('the outlet', () => {
  it('covers texts, lists and objects of an answer and keeps its shape', () => {
    const answer = {
      id: 'a',
      args: "('x', password='hunter2')",
      kwargs: { token: 'hunter2', n: 1 },
      sentence: "ValueError: password='hunter2'",
      replies: [{ hostname: 'w@1', value: { ok: [{ password: 'hunter2' }] } }],
      count: 3,
      none: null,
    };
    const shown = outlet.answer(answer);
    assert.ok(!JSON.stringify(shown).includes('hunter2'));
    assert.deepEqual(Object.keys(shown), Object.keys(answer));
    assert.deepEqual([shown.id, shown.count, shown.none], ['a', 3, null]);
    assert.deepEqual(shown.replies, [{ hostname: 'w@1', value: { ok: [{ password: mask }] } }]);
  });

  it('leaves names and ids as they are, whatever they are called', () => {
    const snapshot = {
      queues: { 'password-reset': { name: 'password-reset', ready: 3, workers: ['token@web'] } },
      held: { 'api-token': 2 },
      taskName: 'auth.refresh_token',
    };
    assert.equal(outlet.answer(snapshot), snapshot);
  });

  it('returns the same object where it holds no secret, so that large answers are not copied', () => {
    const snapshot = { workers: { 'w@1': { hostname: 'w@1', load: [1, 2] } }, sentence: 'All is well.' };
    assert.equal(outlet.answer(snapshot), snapshot);
  });

  it('covers a field that nobody has listed, by its name and by its text', () => {
    assert.deepEqual(outlet.answer({ brandNew: { password: 'hunter2', note: 'token=hunter2' } }), {
      brandNew: { password: mask, note: `token='${mask}'` },
    });
  });

  it('covers what an event brings as an object, and in fields of its own making', () => {
    const event = {
      type: 'task-received',
      uuid: 'a',
      name: 'auth.refresh_token',
      args: [{ password: 'hunter2' }],
      kwargs: "{'token': 'hunter2'}",
      session_token: 'hunter2',
      login: { secret: 12_345 },
      timestamp: 1,
    };
    assert.deepEqual(outlet.event(event), {
      ...event,
      args: [{ password: mask }],
      kwargs: `{'token': '${mask}'}`,
      session_token: mask,
      login: { secret: mask },
    });
  });

  it('covers settings in a reply also where the connection names other patterns', () => {
    const own = makeOutlet(['iban']);
    const reply = { value: { ok: { broker_password: 'hunter2', iban: 'DE1' } } };
    assert.deepEqual(own.answer(reply), { value: { ok: { broker_password: mask, iban: mask } } });
  });

  it('changes nothing that has been covered before', () => {
    const once = outlet.answer({ args: "('x', password='hunter2')", note: 'redis://u:hunter2@h token=hunter2 x' });
    assert.deepEqual(outlet.answer(once), once);
  });
});
