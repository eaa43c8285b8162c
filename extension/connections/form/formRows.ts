import { t } from '@vscode/l10n';
import type { ConnectionTest, TestStage } from '../../../server/api/connectionTest.ts';
import type { PickItem } from '../../shown/pickItem.ts';
import type { TestOutcome } from '../showTest.ts';
import { problemRows, testRows, testSummary } from '../testRows.ts';
import { type ConnectionDraft, schemeOf } from './draft.ts';
import type { Field, FieldId } from './field.ts';

/** What a row of the form does when it is chosen. */
export type FormAct =
  | { readonly kind: 'save' }
  | { readonly kind: 'test' }
  | { readonly kind: 'useScheme'; readonly scheme: string }
  | { readonly kind: 'showAdvanced' }
  | { readonly kind: 'change'; readonly field: Field };

export type FormRow = PickItem & { readonly act?: FormAct };

/** The act first, so that Enter takes it; then each option with its present value; then what the test found. */
export const formRows = (
  draft: ConnectionDraft,
  fields: readonly Field[],
  outcome: TestOutcome | null,
  showsAdvanced = false,
): readonly FormRow[] => {
  const fitting = fields.filter(({ applies }) => applies(draft));
  const shown = fitting.filter(({ isListed }) => showsAdvanced || (isListed?.(draft) ?? true));
  const hidden = fitting.filter((field) => !shown.includes(field));
  return [
    ...actRows(draft, fitting, outcome),
    ...section(t('problem'), outcome === null ? [] : failureRows(outcome)),
    ...section(t('options'), [
      ...shown.map((field) => ({
        label: field.label,
        description: field.describe(draft),
        act: { kind: 'change', field } as const,
      })),
      ...advancedRow(hidden),
    ]),
    ...section(t('test'), outcome !== null && 'test' in outcome ? testRows(outcome.test).filter(isStage) : []),
  ];
};

const advancedRow = (hidden: readonly Field[]): readonly FormRow[] =>
  hidden.length === 0
    ? []
    : [
        {
          label: t('Advanced…'),
          description: hidden.map(({ label }) => label).join(', '),
          act: { kind: 'showAdvanced' },
        },
      ];

const section = (label: string, rows: readonly FormRow[]): readonly FormRow[] =>
  rows.length === 0 ? [] : [{ label, isSeparator: true }, ...rows];

/** The reason of the stage that failed is a section of its own. */
const isStage = ({ icon }: PickItem): boolean => icon !== 'blank';

/** Where a test ended and why: it is read before anything is corrected. */
const failureRows = (outcome: TestOutcome): readonly FormRow[] => {
  if (!('test' in outcome)) return problemRows(outcome.problem);
  const failed = outcome.test.stages.find((each) => each.outcome === 'failed');
  return failed ? problemRows(failed.sentence) : [];
};

export const formPlaceholder = (outcome: TestOutcome | null): string => {
  if (outcome === null) return t('Testing the connection (up to 10 s)…');
  return 'test' in outcome ? testSummary(outcome.test) : t('The connection could not be tested');
};

const actRows = (draft: ConnectionDraft, fields: readonly Field[], outcome: TestOutcome | null): FormRow[] => {
  if (outcome === null)
    return [{ label: t('Save Without Waiting'), icon: 'save', description: t('testing…'), act: { kind: 'save' } }];
  const save = { icon: 'save', act: { kind: 'save' } as const };
  const again: FormRow = { label: t('Test Again'), icon: 'refresh', act: { kind: 'test' } };
  const failed = 'test' in outcome ? outcome.test.stages.find((each) => each.outcome === 'failed') : undefined;
  if ('test' in outcome && (!failed || failed.stage === 'ping'))
    return [{ ...save, label: t('Save and Connect') }, again];
  const suggested = 'test' in outcome ? useRow(outcome.test) : [];
  const wrong = failed ? fieldOf(failed.stage, draft) : 'url';
  const correcting = fields.filter(({ id }) => id === wrong).slice(0, 1);
  return [
    ...suggested,
    ...correcting.map(
      (field): FormRow => ({ label: correctLabel(field), icon: 'edit', act: { kind: 'change', field } }),
    ),
    again,
    { ...save, label: t('Save Anyway') },
  ];
};

const useRow = ({ suggestedScheme }: ConnectionTest): FormRow[] =>
  suggestedScheme === null
    ? []
    : [
        {
          label: t('Use {0}://', suggestedScheme),
          icon: 'lightbulb',
          description: t('changes the URL and tests again'),
          act: { kind: 'useScheme', scheme: suggestedScheme },
        },
      ];

/** The field to correct when a test ends at a stage. */
const fieldOf = (stage: TestStage, draft: ConnectionDraft): FieldId => {
  switch (stage) {
    case 'tls':
      return /^(amqps|rediss)$/.test(schemeOf(draft)) ? 'tls' : 'url';
    case 'auth':
      return 'password';
    case 'place':
      return /^(filesystem|sentinel)$/.test(schemeOf(draft)) ? 'options' : 'url';
    default:
      return 'url';
  }
};

const correctLabel = ({ id, label }: Field): string => {
  if (id === 'url') return t('Edit URL…');
  return id === 'password' ? t('Correct Password…') : t('Correct {0}…', label);
};
