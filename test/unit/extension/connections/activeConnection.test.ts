import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActiveConnection } from '../../../../extension/connections/activeConnection.ts';
import { Mirror } from '../../../../extension/mirror.ts';
import type { LinkState } from '../../../../server/api/model.ts';
import { aSnapshot } from '../../aSnapshot.ts';

const live = aSnapshot().link;
const down: LinkState = { kind: 'disconnected' };

const scene = (kept = new Map<string, unknown>()) => {
  const mirror = new Mirror(
    async () => assert.fail('nothing has to be read again'),
    (error) => assert.fail(String(error)),
  );
  const memory = {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: (k: string, v: unknown) => kept.set(k, v),
  };
  const active = new ActiveConnection(mirror, memory);
  const told: (string | null)[] = [];
  active.onDidChange((clusterId) => told.push(clusterId));
  const show = (clusterId: string, link: LinkState) => mirror.replace(aSnapshot({ clusterId, link }));
  return { mirror, active, told, show, kept };
};

test('the first connection that is connected is the active one, and stays it when others follow', () => {
  const { active, told, show } = scene();
  assert.equal(active.clusterId, null);
  show('orders', down);
  show('mails', live);
  show('reports', live);
  assert.equal(active.clusterId, 'mails');
  assert.deepEqual(told, ['orders', 'mails']);
});

test('when the active connection goes down, the next that is connected takes its place', () => {
  const { active, show } = scene();
  show('orders', live);
  show('mails', live);
  show('orders', down);
  assert.equal(active.clusterId, 'mails');
});

test('a choice stands while its connection exists, and comes back with the window', () => {
  const { active, show, kept, mirror } = scene();
  show('orders', live);
  show('mails', live);
  active.choose('mails');
  show('mails', down);
  assert.equal(active.clusterId, 'mails');
  assert.equal(active.snapshot?.link.kind, 'disconnected');
  mirror.remove('mails');
  assert.equal(active.clusterId, 'orders');
  const later = scene(kept);
  later.show('orders', live);
  later.show('mails', live);
  assert.equal(later.active.clusterId, 'mails');
});

test('without any connection nothing is active', () => {
  const { active, show, mirror, told } = scene();
  show('orders', live);
  mirror.remove('orders');
  assert.equal(active.clusterId, null);
  assert.deepEqual(told, ['orders', null]);
});
