import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { type AccessRules, isLoopback, refusal } from '../../../../server/faces/http/access.ts';

const rules = (parts: Partial<AccessRules> = {}): AccessRules => ({
  hosts: ['localhost', '127.0.0.1', '[::1]'],
  token: null,
  trustedHeader: null,
  ...parts,
});

const statusOf = (headers: IncomingHttpHeaders, parts: Partial<AccessRules> = {}, isOpen = false): number => {
  const refused = refusal({ host: 'localhost:9808', ...headers }, rules(parts), isOpen);
  return refused === null ? 200 : refused.kind === 'whole' ? refused.status : 0;
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
  assert.equal(statusOf({}, { token }, true), 200);
});

test('whoever a trusted proxy has let in needs no token', () => {
  const trusting = { trustedHeader: 'X-Forwarded-User' };
  assert.equal(statusOf({}, trusting), 401);
  assert.equal(statusOf({ 'x-forwarded-user': 'ann' }, trusting), 200);
});

test('only the addresses of this machine itself need no token', () => {
  assert.deepEqual(['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]'].filter(isLoopback).length, 5);
  assert.deepEqual(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', 'localhost.example'].filter(isLoopback), []);
});
