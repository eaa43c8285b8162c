import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bindingKey,
  bindingMember,
  eventPattern,
  mailboxChannel,
  priorityKey,
  queueKeys,
  readMember,
  readNaming,
} from '../../../server/brokers/redisNames.ts';

/** What kombu's own Channel answers under these options (kombu 5.6.2, kombu/transport/redis.py). */
const asKombu = [
  { db: 0, options: {}, events: '/0.celeryev/*', mailbox: '/0.celery.pidbox' },
  { db: 3, options: {}, events: '/3.celeryev/*', mailbox: '/3.celery.pidbox' },
  { db: 2, options: { fanout_prefix: false }, events: 'celeryev/*', mailbox: 'celery.pidbox' },
  { db: 2, options: { fanout_prefix: true }, events: '/2.celeryev/*', mailbox: '/2.celery.pidbox' },
  { db: 4, options: { fanout_prefix: '/{db}-own.' }, events: '/4-own.celeryev/*', mailbox: '/4-own.celery.pidbox' },
  { db: 1, options: { fanout_prefix: '/fixed.' }, events: '/fixed.celeryev/*', mailbox: '/fixed.celery.pidbox' },
  { db: 5, options: { fanout_patterns: false }, events: '/5.celeryev', mailbox: '/5.celery.pidbox' },
  {
    db: 0,
    options: { fanout_patterns: false, fanout_prefix: false, global_keyprefix: 'k:' },
    events: 'k:celeryev',
    mailbox: 'k:celery.pidbox',
  },
];

describe('the names Redis sees', () => {
  for (const { db, options, events, mailbox } of asKombu) {
    it(`are those of kombu in database ${db} with ${JSON.stringify(options)}`, () => {
      const naming = readNaming(options, db);
      assert.equal(eventPattern(naming), events);
      assert.equal(mailboxChannel(naming), mailbox);
    });
  }

  for (const { steps, keys } of [
    { steps: [0, 3, 6, 9], keys: 'q q q q3 q3 q3 q6 q6 q6 q9' },
    { steps: [0, 5], keys: 'q q q q q q5 q5 q5 q5 q5' },
    { steps: [2, 4], keys: 'q4 q4 q2 q2 q4 q4 q4 q4 q4 q4' },
    { steps: [0], keys: 'q q q q q q q q q q' },
  ]) {
    it(`puts priorities 0 to 9 where kombu does with the steps ${steps}`, () => {
      const naming = readNaming({ priority_steps: steps, sep: '' }, 0);
      const plain = { ...naming, separator: '' };
      assert.equal(keys, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => priorityKey(plain, 'q', each)).join(' '));
      assert.equal(priorityKey(plain, 'q', -3), priorityKey(plain, 'q', 0));
      assert.equal(priorityKey(plain, 'q', 255), priorityKey(plain, 'q', 9));
    });
  }

  it('reads back the members it writes', () => {
    const naming = readNaming({}, 0);
    const member = bindingMember(naming, 'key', 'queue');
    assert.deepEqual(readMember(naming, member), { routingKey: 'key', pattern: '', queue: 'queue' });
  });

  it('has one list per priority step, and the bare name for step 0', () => {
    const sep = '\x06\x16';
    assert.deepEqual(queueKeys(readNaming({}, 0), 'celery'), [
      'celery',
      `celery${sep}3`,
      `celery${sep}6`,
      `celery${sep}9`,
    ]);
    const own = readNaming({ sep: ':', priority_steps: [0, 5], global_keyprefix: 'p.' }, 0);
    assert.deepEqual(queueKeys(own, 'celery'), ['p.celery', 'p.celery:5']);
  });

  it('keeps who is bound to an exchange in a set', () => {
    const naming = readNaming({ sep: ':', global_keyprefix: 'p.' }, 0);
    assert.equal(bindingKey(naming, 'celery.pidbox'), 'p._kombu.binding.celery.pidbox');
    assert.equal(bindingMember(naming, '', 'w@h.celery.pidbox'), '::w@h.celery.pidbox');
    assert.equal(bindingMember(readNaming({}, 0), 'oid', 'q'), 'oid\x06\x16\x06\x16q');
  });

  it('takes no character of a prefix for a wildcard', () => {
    assert.equal(
      eventPattern(readNaming({ global_keyprefix: 'shop[1]?*\\' }, 0)),
      'shop\\[1\\]\\?\\*\\\\/0.celeryev/*',
    );
    assert.equal(mailboxChannel(readNaming({ global_keyprefix: 'shop[1]' }, 0)), 'shop[1]/0.celery.pidbox');
  });

  it('understands options as they are typed on a command line', () => {
    assert.equal(eventPattern(readNaming({ fanout_prefix: 'false', fanout_patterns: '0' }, 0)), 'celeryev');
  });
});
