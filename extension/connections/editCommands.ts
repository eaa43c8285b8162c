import { t } from '@vscode/l10n';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView } from '../commands/run.ts';
import { openFolders, settingsEntries, surroundings } from '../config.ts';
import type { Parts } from '../parts.ts';
import { chooseConnection } from './chooseConnection.ts';
import { checkEditable, saveEntry } from './connectionStore.ts';
import { type ConnectionDraft, secretsOf, settingOf } from './form/draft.ts';
import { fillForm } from './form/fillForm.ts';
import type { Secrets } from './plainSecrets.ts';
import { type ConnectionSetting, nameOf } from './resolveConnection.ts';
import { runTest } from './testCommand.ts';

/** Called from a view or the palette; what was found somewhere hands over an entry to begin with. */
export const addConnection = async (found: ConnectionSetting, parts: Parts): Promise<void> => {
  const draft = await fillForm(formFor(t('Add Connection'), found, {}, null, parts));
  await save(draft, null, parts);
};

export const editConnection = async (row: RowTarget, parts: Parts): Promise<void> => {
  const entry = await chooseConnection(row, parts, {
    title: t('Edit Connection'),
    none: t('There are no connections. Add one with "Celery: Add Connection…".'),
    takesOnly: true,
  });
  checkEditable(entry);
  const { name, setting } = entry;
  const stored = await parts.secrets.of(name);
  const title = t('Edit Connection {0}', name);
  await save(await fillForm(formFor(title, { ...setting, name }, stored, name, parts)), name, parts);
};

const formFor = (
  title: string,
  start: ConnectionSetting,
  stored: Secrets,
  formerName: string | null,
  parts: Parts,
) => ({
  title,
  start,
  stored,
  taken: settingsEntries()
    .map(nameOf)
    .filter((name) => name !== formerName),
  openFolders: openFolders(),
  around: surroundings(stored, (secret) => parts.log.hide(secret)),
  test: (resolved: Parameters<typeof runTest>[0]) => runTest(resolved, parts),
});

/** The secrets first: the entry refers to them. */
const save = async (draft: ConnectionDraft, formerName: string | null, parts: Parts): Promise<void> => {
  const { secrets, choices, connections, active } = parts;
  const { name } = draft;
  await secrets.store(name, secretsOf(draft, 'secret'));
  for (const [slot, secret] of Object.entries(secretsOf(draft, 'ask')))
    await secrets.give(name, { source: 'ask', name: slot }, secret);
  choices.say(name, true);
  await saveEntry(settingOf(draft), formerName);
  if (formerName !== null && formerName !== name) {
    await secrets.forget(formerName);
    choices.forget(formerName);
  }
  await connections.reconcile();
  active.choose(name);
  await focusView('celeriac.clusters');
};
