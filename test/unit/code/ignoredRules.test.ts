import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyFixes } from '../../../server/code/applyFixes.ts';
import { checkCode } from '../../../server/code/checkCode.ts';
import { readCheckConfig, severityOf } from '../../../server/code/checkConfig.ts';
import { findingsOf, indexOf } from './indexOf.ts';

const head = 'from celery.schedules import crontab\n';

describe('what is silenced, configured and fixed', () => {
  it('a comment silences its own line, for the rules that it names', () => {
    const found = (comment: string): number =>
      findingsOf('crontab-every-minute', { 'm.py': `${head}x = crontab(hour=1)${comment}\n` }).length;
    assert.equal(found(''), 1);
    assert.equal(found('  # celeriac: ignore[crontab-every-minute]'), 0);
    assert.equal(found('  # noqa  # celeriac: ignore[a, crontab-every-minute]'), 0);
    assert.equal(found('  # celeriac: ignore'), 0);
    assert.equal(found('  # celeriac: ignore[async-task]'), 1);
    assert.equal(found(' or "# celeriac: ignore"'), 1);
  });

  it('a comment at the top of a file silences all of it', () => {
    const code = `# celeriac: ignore[crontab-every-minute]\n${head}x = crontab(hour=1)\n`;
    assert.deepEqual(findingsOf('crontab-every-minute', { 'm.py': code }), []);
  });

  it('a pyproject.toml gives rules other severities, and what it names wrongly is said', () => {
    const config = readCheckConfig(
      '[tool.celeriac.check]\nignore = ["async-task"]\n[tool.celeriac.check.rules]\nnaive-eta = "error"\nnone = "off"\nbeat-twice = "loud"\n',
      'pyproject.toml',
    );
    assert.equal(severityOf({ id: 'async-task', severity: 'error' }, config), 'off');
    assert.equal(severityOf({ id: 'naive-eta', severity: 'warning' }, config), 'error');
    assert.equal(severityOf({ id: 'beat-twice', severity: 'warning' }, config), 'warning');
    assert.deepEqual(config.problems, [
      'pyproject.toml: unknown rule "none".',
      'pyproject.toml: the severity of beat-twice must be one of error, warning, info, off.',
    ]);
    assert.equal(readCheckConfig('x = [', 'f.toml').problems.length, 1);
  });

  it('a fix is applied once, and what overlaps it waits', () => {
    const text = `${head}x = crontab(hour=1)\n`;
    const findings = checkCode(indexOf({ 'm.py': text }));
    assert.deepEqual(applyFixes(text, findings), { text: `${head}x = crontab(minute=0, hour=1)\n`, fixed: 1 });
    assert.deepEqual(applyFixes(text, [...findings, ...findings]).fixed, 1);
  });
});
