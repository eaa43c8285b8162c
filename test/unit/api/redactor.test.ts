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
});
