import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isControlName, queuesOfTask, routesTo } from '../../../server/brokers/virtualRouting.ts';

const direct = (routingKey: string, queue: string) => ({ routingKey, pattern: '', queue });

describe('an exchange of the virtual transports', () => {
  it('gives a message to each queue that is bound with its routing key, once', () => {
    const bindings = [direct('a', 'one'), direct('a', 'two'), direct('a', 'one'), direct('b', 'three')];
    assert.deepEqual(routesTo(bindings, 'a'), ['one', 'two']);
    assert.deepEqual(routesTo(bindings, 'A'), []);
  });

  it('reads the patterns that kombu makes of topics, and passes over one that is none', () => {
    const topic = (pattern: string, queue: string) => ({ routingKey: '#', pattern, queue });
    const bindings = [topic('^new\\-order\\..*?[^\\.]$', 'orders'), topic('^.*?$', 'all'), topic('([', 'broken')];
    assert.deepEqual(routesTo(bindings, 'new-order.paid'), ['orders', 'all']);
    assert.deepEqual(routesTo(bindings, 'refund.paid'), ['all']);
  });

  it('says which keys are bound when a task would go nowhere', () => {
    assert.throws(() => queuesOfTask('shop', 'x', [direct('b', '1'), direct('a', '2')]), {
      code: 'notFound',
      message: /"shop".*"x".*Existing routing keys: a, b\./,
    });
    assert.throws(() => queuesOfTask('shop', 'x', []), { message: /Start its worker first/ });
  });
});

describe('names of queues and exchanges', () => {
  it('are control when they are of pidboxes, events or broadcasts, and nothing else', () => {
    const control = ['celery.pidbox', 'reply.celery.pidbox', 'w@h.celery.pidbox', 'celeryev', 'celeryev.1', 'bcast.1'];
    assert.deepEqual(
      control.filter((name) => !isControlName(name)),
      [],
    );
    assert.deepEqual(['celery', 'pidboxes', 'celeryevents', 'my.celeryev', 'bcast'].filter(isControlName), []);
  });
});
