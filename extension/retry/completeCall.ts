import { t } from '@vscode/l10n';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { SendOrder } from '../../server/api/sendTask.ts';
import { shownRedactor } from '../config.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { orLeft } from '../pick/orLeft.ts';
import { jsonDefect } from '../sendTask/jsonDefect.ts';
import { showInput } from '../shown/inputs.ts';
import { showPick } from '../shown/showPick.ts';
import { isWhole, type OriginalCall, type Recovered } from './originalCall.ts';

/** Asks whether the arguments are to be changed, and for those that are not known. */
export const completeCall = async (call: OriginalCall, cluster: ClusterSnapshot): Promise<SendOrder> => {
  const title = t('Retry {0} on {1}', call.taskName, cluster.name);
  const sides = await completeSides(title, t('It is sent under a new id'), call);
  const queue = call.queue ?? (await chooseQueue(cluster, title, null));
  return { name: call.taskName, ...sides, queue };
};

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
  const original = { label: t('With the original arguments'), detail, edits: false };
  const edited = isWhole(call)
    ? { label: t('With edited arguments…'), edits: true }
    : { label: t('Complete the arguments…'), detail: whyOf(call), edits: true };
  const items = isWhole(call) ? [original, edited] : [edited];
  return orLeft(await showPick(items, { title, placeHolder })).edits;
};

const whyOf = ({ args, kwargs }: Sides): string =>
  [
    args.kind === 'partial' ? t('The positional arguments are not known whole: {0}.', args.reason) : '',
    kwargs.kind === 'partial' ? t('The keyword arguments are not known whole: {0}.', kwargs.reason) : '',
  ]
    .filter(Boolean)
    .join(' ');

const typeSide = async (title: string, wanted: 'array' | 'object', side: Recovered): Promise<string> => {
  const what =
    wanted === 'array' ? t('Positional arguments as a JSON array.') : t('Keyword arguments as a JSON object.');
  const typed = await showInput({
    title,
    prompt: side.kind === 'partial' ? `${what} ${t('Not known whole: {0}.', side.reason)}` : what,
    value: side.kind === 'whole' ? side.json : side.draft,
    ignoreFocusOut: true,
    validateInput: (text) => jsonDefect(text, wanted),
  });
  return orLeft(typed).trim();
};

const shown = (side: Recovered): string => (side.kind === 'whole' ? side.json : side.draft);

/** Only a whole side is ever sent as it is. */
const jsonOf = (side: Recovered): string => orLeft(side.kind === 'whole' ? side.json : undefined);
