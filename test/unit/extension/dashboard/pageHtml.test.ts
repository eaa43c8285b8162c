import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageHtml } from '../../../../extension/dashboard/pageHtml.ts';

const html = pageHtml({
  address: { kind: 'dashboard', clusterId: '"><script>alert(1)</script>' },
  source: 'https://webview.test',
  script: 'https://webview.test/dashboard.js',
  style: 'https://webview.test/dashboard.css',
  nonce: 'n0nce',
  language: 'en',
  words: null,
});

test('a page runs its own script and nothing else', () => {
  assert.match(html, /default-src 'none'/);
  assert.match(html, /script-src 'nonce-n0nce'/);
  assert.doesNotMatch(html, /unsafe/);
  assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="n0nce" src="https://webview.test/dashboard.js">']);
  assert.doesNotMatch(html, /<style| style=| on\w+=/);
});

test('a name cannot break out of the page', () => {
  assert.ok(html.includes('&quot;clusterId&quot;:&quot;\\&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;'));
});
