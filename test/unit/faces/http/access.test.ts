import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { type AccessRules, judge } from '../../../../server/faces/http/access.ts';

const rules = (parts: Partial<AccessRules> = {}): AccessRules => ({
  hosts: ['localhost', '127.0.0.1', '[::1]'],
  token: null,
  trustedHeader: null,
  ...parts,
});

interface Where {
  readonly isOpen?: boolean;
  readonly isShell?: boolean;
  readonly isVouchedFor?: boolean;
}

const statusOf = (headers: IncomingHttpHeaders, parts: Partial<AccessRules> = {}, where: Where = {}): number => {
  const asked = {
    headers: { host: 'localhost:9808', ...headers },
    isOpen: false,
    isShell: false,
    isVouchedFor: true,
    ...where,
  };
  const access = judge(asked, rules(parts));
  return access.kind === 'allowed' ? 200 : access.kind === 'unknown' ? 401 : access.answer.status;
};

test('without a token, whoever reaches this machine may ask', () => assert.equal(statusOf({}), 200));

test('a name that this server does not have is refused, whatever is shown with it', () => {
  const token = 'the-token-of-this-server';
  assert.equal(statusOf({ host: 'rebound.example', authorization: `Bearer ${token}` }, { token }), 403);
  assert.equal(statusOf({ host: undefined }), 403);
  assert.equal(statusOf({ host: 'rebound.example' }, { hosts: ['*'] }), 200);
  assert.equal(statusOf({ host: '[::1]:9808' }), 200);
  assert.equal(statusOf({ host: 'LOCALHOST:9808' }), 200);
});

test('pages of other origins are refused, our own is not', () => {
  assert.equal(statusOf({ origin: 'http://localhost:9808' }), 200);
  assert.equal(statusOf({ origin: 'http://localhost:3000' }), 403);
  assert.equal(statusOf({ origin: 'null' }), 403);
});

test('a token is asked of everybody but the probes', () => {
  const token = 'the-token-of-this-server';
  assert.equal(statusOf({}, { token }), 401);
  assert.equal(statusOf({ authorization: token }, { token }), 401);
  assert.equal(statusOf({ authorization: `Bearer ${token}x` }, { token }), 401);
  assert.equal(statusOf({ authorization: `Bearer ${token}` }, { token }), 200);
  assert.equal(statusOf({}, { token }, { isOpen: true }), 200);
});

test('whoever a trusted proxy has let in needs no token; others may send its header in vain', () => {
  const trusting = { trustedHeader: 'X-Forwarded-User' };
  assert.equal(statusOf({}, trusting), 401);
  assert.equal(statusOf({ 'x-forwarded-user': 'ann' }, trusting), 200);
  assert.equal(statusOf({ 'x-forwarded-user': 'ann' }, trusting, { isVouchedFor: false }), 401);
});

test('what another site asks through a browser is refused, also without an origin', () => {
  for (const site of ['cross-site', 'same-site', 'nonsense']) assert.equal(statusOf({ 'sec-fetch-site': site }), 403);
  for (const site of ['same-origin', 'none']) assert.equal(statusOf({ 'sec-fetch-site': site }), 200);
  assert.equal(statusOf({ 'sec-fetch-site': 'cross-site' }, {}, { isOpen: true }), 403);
});

test('a page of ours opens from a link on another site, but not in a frame and not as an image', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  assert.equal(statusOf(link, {}, { isShell: true }), 200);
  assert.equal(statusOf(link), 403);
  assert.equal(statusOf({ ...link, 'sec-fetch-dest': 'iframe' }, {}, { isShell: true }), 403);
  assert.equal(statusOf({ ...link, 'sec-fetch-mode': 'no-cors' }, {}, { isShell: true }), 403);
});
