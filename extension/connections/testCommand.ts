import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { run } from '../commands/run.ts';
import type { Parts } from '../parts.ts';
import { askSecrets } from './askSecret.ts';
import { chooseConnection } from './chooseConnection.ts';
import type { Resolved } from './resolveConnection.ts';
import { showTest, type TestAction, type TestOutcome } from './showTest.ts';
import { testText } from './testRows.ts';

type AfterTest = 'again' | 'edit' | 'copy';

/** Tests a connection as it is in the settings; it does not have to be open. */
export const testConnection = async (row: RowTarget, parts: Parts): Promise<void> => {
  const entry = await chooseConnection(row, parts, {
    title: t('Test Connection'),
    none: t('There are no connections. Add one with "Celery: Add Connection…".'),
    takesOnly: true,
  });
  const { name } = entry;
  await askSecrets(name, parts.connections.missingOf(name), parts.secrets);
  for (;;) {
    let outcome: TestOutcome | null = null;
    const chosen = await showTest<AfterTest>({
      title: t('Test {0}', name),
      run: async () => {
        outcome = await runTest(await parts.connections.resolve(entry), parts);
        return outcome;
      },
      actionsFor: actionsAfter,
    });
    if (chosen === 'edit') await run('editConnection', { clusterId: name });
    if (chosen === 'copy') await copy(name, outcome);
    if (chosen !== 'again') return;
  }
};

/** The backend tests it; an entry that cannot be resolved is a problem of its own. */
export const runTest = async (resolved: Resolved, { backend }: Pick<Parts, 'backend'>): Promise<TestOutcome> => {
  if ('problem' in resolved) return { problem: resolved.problem };
  try {
    return { test: await backend.request(requests.testConnection, { connection: resolved.config }) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
};

const actionsAfter = (outcome: TestOutcome): TestAction<AfterTest>[] => {
  const again = { label: t('Test Again'), icon: 'refresh', action: 'again' } as const;
  const edit = { label: t('Edit Connection…'), icon: 'edit', action: 'edit' } as const;
  const copyText = { label: t('Copy Result'), icon: 'copy', action: 'copy' } as const;
  if (!('test' in outcome)) return [edit, again];
  const failed = outcome.test.stages.find((each) => each.outcome === 'failed');
  return failed && failed.stage !== 'ping' ? [edit, again, copyText] : [again, edit, copyText];
};

const copy = async (name: string, outcome: TestOutcome | null): Promise<void> => {
  if (outcome && 'test' in outcome) await vscode.env.clipboard.writeText(testText(name, outcome.test));
};
