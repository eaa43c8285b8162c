import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import { type ConnectionSetting, type Resolved, resolveConnection, type Surroundings } from '../resolveConnection.ts';
import { showTest, type TestAction, type TestOutcome } from '../showTest.ts';
import type { Asker } from './asker.ts';
import { type ConnectionDraft, draftOf, settingOf } from './draft.ts';
import { optionSteps } from './optionSteps.ts';
import { passwordStep } from './passwordStep.ts';
import { quickAsker } from './quickAsker.ts';
import { type Answer, mapAnswer, next, runSteps, type Step } from './runSteps.ts';
import { tlsStep } from './tlsStep.ts';
import { urlStep } from './urlStep.ts';
import { environmentStep, foldersStep, nameStep, resultBackendStep } from './whereSteps.ts';

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

/** Asks for everything about a connection, tests it, and resolves with what is to be saved. Throws when the user leaves. */
export const fillForm = async (form: Form): Promise<ConnectionDraft> => {
  const asker = quickAsker(form.title);
  const steps: Step<ConnectionDraft>[] = [
    urlStep(asker),
    passwordStep(asker),
    tlsStep(asker),
    ...optionSteps(asker, form.around.baseFolder),
    resultBackendStep(asker),
    nameStep(asker, form.taken),
    environmentStep(asker),
    foldersStep(asker, form.openFolders),
    testStep(asker, form),
  ];
  const filled = await runSteps(steps, draftOf(form.start, form.stored));
  if (filled) return filled;
  throw new CeleriacError('cancelled', 'The form was left.');
};

/** The last step: what the test found, and saving, whatever it found. */
const testStep = (asker: Asker, form: Form): Step<ConnectionDraft> => ({
  applies: () => true,
  ask: async (draft, position) => {
    const asked = await askForTest(draft, asker, position.step);
    if (asked.kind !== 'next') return asked;
    for (;;) {
      const chosen = await showTest<'save' | 'again'>({
        title: `${form.title} (${position.step}/${position.totalSteps})`,
        run: () => {
          const { secrets } = asked.value;
          return form.test(resolveConnection(settingOf(draft), 0, { ...form.around, secrets }));
        },
        actionsFor: saveActions,
        hasBack: true,
      });
      if (chosen === 'back') return { kind: 'back' };
      if (chosen === undefined) return { kind: 'left' };
      if (chosen === 'save') return asked;
    }
  },
});

const saveActions = (outcome: TestOutcome): TestAction<'save' | 'again'>[] => {
  const isWell = 'test' in outcome && outcome.test.stages.every((each) => each.outcome !== 'failed');
  const save = { label: isWell ? t('Save and Connect') : t('Save Anyway'), icon: 'save', action: 'save' } as const;
  const again = { label: t('Test Again'), icon: 'refresh', action: 'again' } as const;
  return isWell ? [save, again] : [again, save];
};

/** A password that is asked for each time is asked for now, for the test. */
const askForTest = async (draft: ConnectionDraft, asker: Asker, step: number): Promise<Answer<ConnectionDraft>> => {
  const isAsked = draft.url.includes('${ask:url}');
  if (!isAsked || draft.secrets['url'] !== undefined) return next(draft);
  const answer = await asker.text({
    position: { step, totalSteps: step },
    prompt: t('The password, for the test and for this session.'),
    isPassword: true,
  });
  return mapAnswer(answer, (secret) => ({ ...draft, secrets: { ...draft.secrets, url: secret } }));
};
