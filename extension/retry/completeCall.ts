import { t } from '@vscode/l10n';
import { shownRedactor } from '../config.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { sidePrompt } from '../sendTask/orderPage.ts';
import { argumentsProblem, readArguments } from '../sendTask/readArguments.ts';
import { showInput } from '../shown/inputs.ts';
import { showPick } from '../shown/showPick.ts';
import { isWhole, type OriginalCall, type Recovered } from './originalCall.ts';
import { whyIncomplete } from './whyIncomplete.ts';

type Sides = Pick<OriginalCall, 'args' | 'kwargs'>;

/** The arguments of a call: as they were, or changed; what is not known whole has to be completed. */
export const completeSides = async (title: string, placeHolder: string, sides: Sides) =>
  (await wantsToEdit(title, placeHolder, sides))
    ? typeSides(title, sides)
    : { argsJson: jsonOf(sides.args), kwargsJson: jsonOf(sides.kwargs) };

export const typeSides = async (title: string, { args, kwargs }: Sides) => ({
  argsJson: await typeSide(title, 'array', args),
  kwargsJson: await typeSide(title, 'object', kwargs),
});

const wantsToEdit = async (title: string, placeHolder: string, call: Sides): Promise<boolean> => {
  const detail = shownRedactor().text(`${shown(call.args)} ${shown(call.kwargs)}`);
  const original = { label: t('Original Arguments'), detail, edits: false };
  const edited = isWhole(call)
    ? { label: t('Edit Arguments…'), edits: true }
    : { label: t('Complete Arguments…'), detail: whyIncomplete(call), edits: true };
  const items = isWhole(call) ? [original, edited] : [edited];
  return orCancelled(await showPick(items, { title, placeHolder })).edits;
};

const typeSide = async (title: string, wanted: 'array' | 'object', side: Recovered): Promise<string> => {
  const what = sidePrompt(wanted);
  const typed = orCancelled(
    await showInput({
      title,
      prompt: side.kind === 'partial' ? `${what} ${t('Incomplete: {0}.', side.reason)}` : what,
      value: shown(side),
      ignoreFocusOut: true,
      validateInput: (text) => argumentsProblem(text, wanted),
    }),
  );
  const read = readArguments(typed, wanted);
  return orCancelled('json' in read ? read.json : undefined);
};

const shown = (side: Recovered): string => (side.kind === 'whole' ? side.json : side.draft);

/** Only a whole side is ever sent as it is. */
const jsonOf = (side: Recovered): string => orCancelled(side.kind === 'whole' ? side.json : undefined);
