import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BrowserPort, httpHost } from '../../../media/browser/httpHost.ts';

const aPort = () => {
  const seen = { asked: [] as string[], went: [] as string[], streams: 0, saved: null as string | null, visible: true };
  let tell: (data: string) => void = () => undefined;
  let visibilityChanged: () => void = () => undefined;
  let answer: { ok: boolean; body: unknown } = { ok: true, body: {} };
  const port: BrowserPort = {
    fetch: async (path) => {
      seen.asked.push(path);
      const { ok, body } = answer;
      return { ok, json: async () => body };
    },
    stream: (_path, listener) => {
      seen.streams += 1;
      tell = listener;
      return () => {
        seen.streams -= 1;
      };
    },
    isVisible: () => seen.visible,
    onVisibility: (listener) => {
      visibilityChanged = listener;
    },
    go: (path) => seen.went.push(path),
    load: () => seen.saved,
    save: (text) => {
      seen.saved = text;
    },
  };
  return {
    port,
    seen,
    tell: (data: unknown) => tell(JSON.stringify(data)),
    see: (visible: boolean) => {
      seen.visible = visible;
      visibilityChanged();
    },
    answer: (ok: boolean, body: unknown) => {
      answer = { ok, body };
    },
  };
};

test('a page asks over HTTP, and a problem becomes an error with its code and sentence', async () => {
  const { port, seen, answer } = aPort();
  const host = httpHost(port);
  answer(true, ['default']);
  assert.deepEqual(await host.request('names', { clusterId: 'c', kind: 'queue', text: '', limit: 5 } as never), [
    'default',
  ]);
  assert.match(seen.asked[0] ?? '', /^\/page\/ask\/names\?params=%7B%22clusterId/);
  answer(false, { code: 'brokerUnreachable', detail: 'Redis is away.' });
  await assert.rejects(host.request('snapshot', { clusterId: 'c' }), {
    code: 'brokerUnreachable',
    message: 'Redis is away.',
  });
});

test('a page that nobody sees, or that does not listen, holds no stream open', () => {
  const { port, seen, see, tell } = aPort();
  const host = httpHost(port);
  assert.equal(seen.streams, 0);
  const heard: unknown[] = [];
  const stop = host.onChange((change) => heard.push(change));
  tell({ clusterId: 'c', kinds: ['worker'] });
  see(false);
  assert.equal(seen.streams, 0);
  see(true);
  assert.equal(seen.streams, 1);
  stop();
  assert.equal(seen.streams, 0);
  assert.deepEqual(heard, [{ clusterId: 'c', kinds: ['worker'] }]);
});

test('without the extension only pages can be opened, and the rest says where it is done', async () => {
  const { port, seen } = aPort();
  const host = httpHost(port);
  await host.act('celeriac.openTask', { clusterId: 'c', taskId: 'a/b' });
  await host.act('celeriac.openDashboard');
  assert.deepEqual(seen.went, ['/tasks/a%2Fb', '/']);
  assert.deepEqual([host.can('celeriac.openTask'), host.can('celeriac.revokeTask')], [true, false]);
  await assert.rejects(host.act('celeriac.revokeTask', {}), { code: 'unsupported' });
});

test('what a page keeps is there after it was loaded again, and nonsense is nothing', () => {
  const { port, seen } = aPort();
  httpHost(port).keep({ range: '1h' });
  assert.deepEqual(httpHost(port).kept, { range: '1h' });
  seen.saved = '{half';
  assert.equal(httpHost(port).kept, undefined);
});
