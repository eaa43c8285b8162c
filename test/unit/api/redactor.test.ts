import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRedactPatterns } from '../../../server/api/redaction.ts';
import { makeRedactor } from '../../../server/api/redactor.ts';

const redactor = makeRedactor(defaultRedactPatterns);

describe('redaction', () => {
  it('hides the values of secret names in a repr and leaves a repr', () => {
    const cases: readonly (readonly [string, string])[] = [
      ["{'user': 'ada', 'password': 'hun\\'ter2', 'n': 1}", "{'user': 'ada', 'password': '********', 'n': 1}"],
      ["{'api_key': ['a', {'b': ']'}], 'x': 2}", "{'api_key': '********', 'x': 2}"],
      ["Card(holder='ada', token=b'tok_1', ok=True)", "Card(holder='ada', token='********', ok=True)"],
      ['{"accessToken": "abc", "n": 1}', '{"accessToken": "********", "n": 1}'],
      ['\'{\\"secret\\": \\"abc\\", \\"n\\": 1}\'', '\'{\\"secret\\": \\"********\\", \\"n\\": 1}\''],
      ["{'password': 'cut off he", "{'password': '********'"],
      ["{'client_secret': 12345}", "{'client_secret': '********'}"],
      ['login failed: token=abc123 for ada', "login failed: token='********' for ada"],
      ["('redis://u:pw@host/0',)", "('redis://u:********@host/0',)"],
    ];
    for (const [text, expected] of cases) assert.equal(redactor.text(text), expected);
  });

  it('leaves alone what only looks like it', () => {
    for (const text of ["{'passengers': 3}", "{'password': None}", "{'token': ''}", "if token == 'x'", "('password',)"])
      assert.equal(redactor.text(text), text);
  });

  it('hides in values of any depth', () => {
    assert.deepEqual(redactor.value({ a: [{ Password: 'x', n: 1 }], note: "{'token': 'x'}", secret: null }), {
      a: [{ Password: '********', n: 1 }],
      note: "{'token': '********'}",
      secret: null,
    });
  });

  it("leaves a traceback's source code alone, not its message", () => {
    const traceback = '  File "a.py", line 3\n    charge(token=token)\nValueError: token=\'abc\'';
    assert.equal(redactor.traceback(traceback), traceback.replace("'abc'", "'********'"));
  });

  it('knows the names of the settings only, where there are any', () => {
    const own = makeRedactor(['iban', 'card_*']);
    assert.equal(
      own.text("{'IBAN': 'DE1', 'card_no': '4', 'password': 'x'}"),
      "{'IBAN': '********', 'card_no': '********', 'password': 'x'}",
    );
    assert.equal(makeRedactor([]).text("{'password': 'x'}"), "{'password': 'x'}");
  });

  it('hides secrets of command lines, as a list and as a text', () => {
    const cases: readonly (readonly [string, string])[] = [
      ["['--password', 'x', '--port', '1']", "['--password', '********', '--port', '1']"],
      ['["--api-key","abc","-v"]', '["--api-key","********","-v"]'],
      ['run --token abc --verbose', 'run --token ******** --verbose'],
      ["run --token 'a b' -v", "run --token '********' -v"],
      ["run --secret='a b' -v", "run --secret='********' -v"],
    ];
    for (const [text, expected] of cases) assert.equal(redactor.text(text), expected);
    assert.deepEqual(redactor.value(['run', '--password', 'x', '--port', '1']), [
      'run',
      '--password',
      '********',
      '--port',
      '1',
    ]);
    for (const text of ["['--port', 'x']", 'run --no-password now', 'run --token --verbose', "['--password', '']"])
      assert.equal(redactor.text(text), text);
  });

  it('hides the credentials of headers, but no words of a sentence', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['Authorization: Bearer abc.def-1', 'Authorization: Bearer ********'],
      ['curl -H "authorization: Basic YWRhOnB3" x', 'curl -H "authorization: Basic ********" x'],
      ['401 for X-Api-Key: abc123, try again', '401 for X-Api-Key: ********, try again'],
      ["Invalid header value b'Bearer 0123abcdef'", "Invalid header value b'Bearer ********'"],
      ["{'Proxy-Authorization': 'Basic abc'}", "{'Proxy-Authorization': '********'}"],
    ];
    for (const [text, expected] of cases) assert.equal(redactor.text(text), expected);
    for (const text of ['Basic authentication failed', 'the bearer authentication', 'Invalid token: unexpected end'])
      assert.equal(redactor.text(text), text);
  });

  it('hides keys of well-known services wherever they stand', () => {
    const run = (length: number): string => 'aB3dE6gH9k'.repeat(10).slice(0, length);
    const keys = [
      `AKIA${'A1B2'.repeat(4)}`,
      `AIza${run(35)}`,
      `ghp_${run(36)}`,
      `github_pat_${run(60)}`,
      `sk_live_${run(24)}`,
      `xoxb-123456789012-${run(24)}`,
      `sk-${run(48)}`,
      `eyJ${run(20)}.eyJ${run(30)}.${run(43)}`,
    ];
    for (const key of keys) {
      assert.equal(redactor.text(`('${key}', 1) or ${key}.`), "('********', 1) or ********.", key);
      assert.equal(redactor.traceback(`x\n    use(${key})\n`), 'x\n    use(********)\n', key);
      assert.equal(makeRedactor([]).text(key), '********');
    }
    for (const text of ['sk_live_', 'AKIA', 'task-AKIAB', 'eyJ.a.b', 'help_me_ghp_'])
      assert.equal(redactor.text(text), text);
  });

  it('hides private keys over several lines, and where the text was cut', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----';
    const hidden = '-----BEGIN RSA PRIVATE KEY-----********-----END RSA PRIVATE KEY-----';
    assert.equal(redactor.text(`key ${key} was refused`), `key ${hidden} was refused`);
    assert.equal(redactor.traceback(`ValueError: ${key}`), `ValueError: ${hidden}`);
    assert.equal(redactor.text(key.slice(0, 40)), '-----BEGIN RSA PRIVATE KEY-----********');
  });

  it('hides what the query of a URL gives away, and leaves a URL', () => {
    const url = 'https://h/?page=2&api_key=abc&sig=d%3D#top';
    assert.equal(redactor.text(`GET ${url} failed`), 'GET https://h/?page=2&api_key=********&sig=********#top failed');
  });

  it('hides in JSON that a string of JSON quotes', () => {
    for (const value of ['x"y', 'x\\', 'x"}', 'a\\"b']) {
      const once = JSON.stringify({ password: value, n: 1 });
      const hidden = JSON.stringify({ password: '********', n: 1 });
      const quoted = (text: string): string => JSON.stringify({ body: text });
      assert.equal(redactor.text(once), hidden);
      assert.equal(redactor.text(quoted(once)), quoted(hidden));
      assert.equal(redactor.text(quoted(quoted(once))), quoted(quoted(hidden)));
      assert.deepEqual(redactor.value({ body: quoted(once) }), { body: quoted(hidden) });
    }
  });

  it('says whether there is a secret, and covers a mask only once', () => {
    for (const text of ["{'has_password': True}", "{'token': '********'}", 'token=********'])
      assert.equal(redactor.text(text), text);
    assert.deepEqual(redactor.value({ has_password: false }), { has_password: false });
  });

  it('cuts a value that is nested too deep for those who read it', () => {
    let deep: unknown = { password: 'x' };
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    assert.equal(JSON.stringify(redactor.value(deep)), `${'['.repeat(100)}"…"${']'.repeat(100)}`);
  });

  it('keeps a key called __proto__ a key', () => {
    const redacted = redactor.value(JSON.parse('{"__proto__": {"password": "x"}}'));
    assert.equal(JSON.stringify(redacted), '{"__proto__":{"password":"********"}}');
    assert.equal(Object.getPrototypeOf(redacted), Object.prototype);
  });
});
