import { t } from '@vscode/l10n';
import { orCancelled } from '../../pick/orCancelled.ts';
import { type ConnectionSetting, type Resolved, resolveConnection, type Surroundings } from '../resolveConnection.ts';
import type { TestOutcome } from '../showTest.ts';
import { type ConnectionDraft, draftOf, schemeOf, settingOf } from './draft.ts';
import type { Field } from './field.ts';
import { showFormPage } from './formPage.ts';
import type { FormAct } from './formRows.ts';
import { optionFields } from './optionFields.ts';
import { passwordField } from './passwordField.ts';
import { quickAsker } from './quickAsker.ts';
import { type RunningTest, startTest } from './runningTest.ts';
import { tlsField } from './tlsField.ts';
import { urlField, withScheme } from './urlField.ts';
import { environmentField, foldersField, nameField, nameOr, resultBackendField } from './whereFields.ts';

interface Form {
  readonly title: string;
  /** What is filled in already. */
  readonly start: ConnectionSetting;
  readonly stored: Readonly<Record<string, string>>;
  /** The names of the other connections. */
  readonly taken: readonly string[];
  readonly openFolders: readonly string[];
  readonly around: Surroundings;
  readonly test: (resolved: Resolved) => Promise<TestOutcome>;
}

/** Asks for the URL, tests at once, and shows everything else on one page. Throws when the user cancels. */
export const fillForm = async (form: Form): Promise<ConnectionDraft> => {
  const { title, taken } = form;
  const fields = fieldsOf(form);
  let draft = await withSecret(await withRequired(draftOf(form.start, form.stored), fields, title), title);
  let test = testOf(draft, form);
  let showsAdvanced = false;
  for (;;) {
    const act: FormAct = orCancelled(await showFormPage({ title, draft, fields, test, showsAdvanced }));
    if (act.kind === 'save') return { ...draft, name: nameOr(draft, taken) };
    if (act.kind === 'showAdvanced') {
      showsAdvanced = true;
      continue;
    }
    const changed = act.kind === 'change' ? await act.field.change(draft, quickAsker, title) : draft;
    if (changed === undefined) continue;
    draft = await withSecret(act.kind === 'useScheme' ? withScheme(changed, act.scheme) : changed, title);
    if (act.kind !== 'change' || act.field.isTested) test = testOf(draft, form);
  }
};

const fieldsOf = ({ taken, openFolders, around }: Form): readonly Field[] => [
  nameField(taken),
  environmentField(),
  urlField(),
  passwordField(),
  tlsField(),
  ...optionFields(around.baseFolder),
  resultBackendField(),
  foldersField(openFolders),
];

/** What nothing can be tried without: the URL, and with sentinels the name of the master. */
const withRequired = async (
  start: ConnectionDraft,
  fields: readonly Field[],
  title: string,
): Promise<ConnectionDraft> => {
  let draft = start;
  const url = fields.find(({ id }) => id === 'url');
  if (draft.url === '' && url) draft = orCancelled(await url.change(draft, quickAsker, title));
  if (schemeOf(draft) !== 'sentinel' || draft.transportOptions['master_name'] !== undefined) return draft;
  const master = fields.find(({ id, applies }) => id === 'options' && applies(draft));
  return master ? orCancelled(await master.change(draft, quickAsker, title)) : draft;
};

/** A password that is asked for each time is asked for now, for the test and for this session. */
const withSecret = async (draft: ConnectionDraft, title: string): Promise<ConnectionDraft> => {
  if (!draft.url.includes('${ask:url}') || draft.secrets['url'] !== undefined) return draft;
  const prompt = t('Password for the test and for this session');
  const secret = await quickAsker.text({ title, prompt, isPassword: true });
  return secret === undefined ? draft : { ...draft, secrets: { ...draft.secrets, url: secret } };
};

const testOf = (draft: ConnectionDraft, form: Form): RunningTest => {
  const around = { ...form.around, secrets: draft.secrets };
  return startTest(() => form.test(resolveConnection(settingOf(draft), 0, around)));
};
