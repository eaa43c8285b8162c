import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import { partOf } from '../shown/plainLine.ts';

/** A change that somebody asked for, in the words in which it is confirmed. */
export interface Write {
  /** "Purge emails" */
  readonly title: string;
  /** What happens, with its count: "Deletes 132 waiting messages. This can't be undone." */
  readonly consequence: string;
  /** The word on the button: "Purge". */
  readonly action: string;
  /**
   * `plain`: easily undone, so it is confirmed in production only. `confirmed`: asked in passing. `modal`: blocks the window
   * until it is answered, and in production the connection's name is typed.
   */
  readonly weight: 'plain' | 'confirmed' | 'modal';
}

/** How a change is confirmed on one connection. */
export type WritePlan =
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'ask'; readonly steps: readonly WriteStep[] };

export type WriteStep =
  | { readonly kind: 'choice'; readonly title: string; readonly yes: string; readonly detail: string }
  | { readonly kind: 'dialog'; readonly message: string; readonly detail: readonly string[]; readonly yes: string }
  | { readonly kind: 'typed'; readonly title: string; readonly prompt: string; readonly name: string };

type Place = Pick<ClusterSnapshot, 'name' | 'maskedUrl' | 'environment' | 'isReadOnly'>;

export const planWrite = (write: Write, place: Place): WritePlan => {
  if (place.isReadOnly) return { kind: 'refused', sentence: refusal(write, place) };
  return { kind: 'ask', steps: stepsOf(write, place) };
};

const stepsOf = (write: Write, place: Place): readonly WriteStep[] => {
  const isProduction = place.environment === 'prod';
  if (write.weight === 'modal')
    return isProduction ? [dialog(write, place), typed(write, place)] : [dialog(write, place)];
  return write.weight === 'confirmed' || isProduction ? [choice(write, place)] : [];
};

const refusal = ({ title }: Write, { name, environment }: Place): string =>
  environment === 'prod'
    ? t('Can\'t run "{0}": {1} is read-only (production).', partOf(title), partOf(name))
    : t('Can\'t run "{0}": {1} is read-only.', partOf(title), partOf(name));

const where = ({ name, environment, maskedUrl }: Place): string =>
  t('Connection: {0} ({1}), {2}', partOf(name), environment, partOf(maskedUrl));

const choice = ({ title, consequence, action }: Write, place: Place): WriteStep => ({
  kind: 'choice',
  title: `${partOf(title)} · ${partOf(place.name)} (${place.environment})`,
  yes: action,
  detail: consequence,
});

const dialog = ({ title, consequence, action }: Write, place: Place): WriteStep => ({
  kind: 'dialog',
  message: `${partOf(title)}?`,
  detail: [consequence, where(place)],
  yes: action,
});

const typed = ({ title, consequence }: Write, { name }: Place): WriteStep => ({
  kind: 'typed',
  title,
  prompt: t('{0} is a production connection. {1} Type its name to confirm.', partOf(name), partOf(consequence)),
  name,
});
