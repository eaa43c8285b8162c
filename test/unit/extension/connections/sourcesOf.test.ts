import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionTooltip } from '../../../../extension/clusters/connectionTooltip.ts';
import { draftOf, settingOf } from '../../../../extension/connections/form/draft.ts';
import { sourcesOf } from '../../../../extension/connections/sourcesOf.ts';
import { sourceText } from '../../../../extension/discovery/sourceText.ts';
import { aSnapshot } from '../../aSnapshot.ts';

const source = sourceText({ file: '/app/.env', line: 3, what: 'CELERY_BROKER_URL' });
const setting = { name: 'shop', url: 'redis://localhost', source };
const listed = { name: 'shop', setting, index: 0, file: null };

test('a connection that was found keeps the line that names it, also when it is edited', () => {
  assert.equal(source, '/app/.env:3 (CELERY_BROKER_URL)');
  assert.equal(settingOf({ ...draftOf(setting, {}), name: 'renamed' }).source, source);
  assert.equal('source' in settingOf(draftOf({ name: 'shop', url: 'redis://localhost' }, {})), false);
});

test('says where a connection comes from', () => {
  const of = (each: Parameters<typeof sourcesOf>[0][number]) => sourcesOf([each]).get('shop');
  assert.equal(of(listed), 'Added from /app/.env:3 (CELERY_BROKER_URL)');
  assert.equal(of({ ...listed, setting: {} }), 'Written by hand, in the settings of VS Code');
  assert.equal(of({ ...listed, file: '/etc/c.json' }), 'From the file /etc/c.json');
  const tooltip = connectionTooltip(aSnapshot(), 'redis', of(listed) ?? '');
  assert.ok(tooltip.includes('Added from /app/.env:3 (CELERY_BROKER_URL)'));
});
