import { t } from '@vscode/l10n';
import type { CallFit } from '../../server/api/codePages.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';
import type { SendOrder } from '../../server/api/sendTask.ts';
import { shownRedactor } from '../config.ts';
import { chooseQueue } from '../pick/chooseQueue.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { isWhole, type OriginalCall, type Recovered } from '../retry/originalCall.ts';
import { whyIncomplete } from '../retry/whyIncomplete.ts';
import { joined } from '../rows/wording.ts';
import { showInput } from '../shown/inputs.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { showPick } from '../shown/showPick.ts';
import { type CallField, fieldsOf, type Sides, withField } from './callFields.ts';
import { askField, fieldLook } from './fieldRow.ts';
import { argumentsProblem, readArguments } from './readArguments.ts';
import { expiresDefect, momentDefect, orderedChoices, priorityDefect, type SendChoices } from './sendChoices.ts';

/** A call that is about to be sent, as far as it is known. */
export type Call = Pick<OriginalCall, 'args' | 'kwargs' | 'taskName'> & { readonly queue: string };

interface OrderPage {
  readonly title: string;
  readonly placeHolder: string;
  /** "Send", or "Retry". */
  readonly action: string;
  readonly cluster: ClusterSnapshot;
  /** How the code has the task called; null: it does not say. */
  readonly fits: (taskName: string, sides: Sides) => Promise<CallFit | null>;
}

/** `edit`: the arguments are edited in a tab; the rest is as it was set. */
export type Asked =
  | { readonly kind: 'send'; readonly order: SendOrder }
  | { readonly kind: 'edit'; readonly call: Call; readonly orderOf: OrderOf };

type OrderOf = (sides: Pick<SendOrder, 'argsJson' | 'kwargsJson'>) => SendOrder;

type Field = 'args' | 'kwargs' | 'queue' | keyof SendChoices;
type Row = PickItem & { readonly does: 'send' | 'edit' | Field | CallField };

/** What is longer is edited in a tab. */
const longestLine = 80;

/** The act first, so that Enter takes it; below it each option with its present value. */
export const askOrder = async (start: Call, page: OrderPage): Promise<Asked> => {
  let call = start;
  let choices: SendChoices = { when: null, priority: null, expires: null };
  for (;;) {
    const { title, placeHolder } = page;
    const fit = await fitOf(call, page);
    const { does } = orCancelled(
      await showPick(rowsFor(call, choices, page, fit), {
        title,
        placeHolder,
        matchOnDescription: true,
        ignoreFocusOut: true,
      }),
    );
    const orderOf: OrderOf = (sides) => ({
      name: call.taskName,
      ...sides,
      queue: call.queue,
      ...orderedChoices(choices),
    });
    if (does === 'send' && call.args.kind === 'whole' && call.kwargs.kind === 'whole')
      return { kind: 'send', order: orderOf({ argsJson: call.args.json, kwargsJson: call.kwargs.json }) };
    if (does === 'send' || does === 'edit' || ((does === 'args' || does === 'kwargs') && isLong(call[does])))
      return { kind: 'edit', call, orderOf };
    if (does === 'args' || does === 'kwargs') call = { ...call, [does]: await changeSide(does, call[does], title) };
    else if (typeof does === 'object') call = await changeField(call, does, fit, title);
    else if (does === 'queue') call = { ...call, queue: await changeQueue(call.queue, page) };
    else choices = { ...choices, [does]: await changeChoice(does, choices[does], title) };
  }
};

const isLong = (side: Recovered): boolean => side.kind === 'partial' || side.json.length > longestLine;

/** Only of a call that is known whole. */
const fitOf = async ({ taskName, args, kwargs }: Call, { fits }: OrderPage): Promise<CallFit | null> =>
  args.kind === 'whole' && kwargs.kind === 'whole'
    ? fits(taskName, { argsJson: args.json, kwargsJson: kwargs.json })
    : null;

const changeField = async (call: Call, field: CallField, fit: CallFit | null, title: string): Promise<Call> => {
  const typed = await askField(field, title);
  if (typed === undefined || fit === null || call.args.kind !== 'whole' || call.kwargs.kind !== 'whole') return call;
  const sides = { argsJson: call.args.json, kwargsJson: call.kwargs.json };
  const { argsJson, kwargsJson } = withField(fit.parameters, sides, field.parameter.name, typed);
  return { ...call, args: { kind: 'whole', json: argsJson }, kwargs: { kind: 'whole', json: kwargsJson } };
};

/** Escape in a field leads back to the page. */
const changeSide = async (field: 'args' | 'kwargs', side: Recovered, title: string): Promise<Recovered> => {
  const wanted = field === 'args' ? 'array' : 'object';
  const typed = await showInput({
    title,
    prompt: sidePrompt(wanted),
    value: side.kind === 'whole' ? side.json : side.draft,
    ignoreFocusOut: true,
    validateInput: (text) => argumentsProblem(text, wanted),
  });
  const read = typed === undefined ? null : readArguments(typed, wanted);
  return read && 'json' in read ? { kind: 'whole', json: read.json } : side;
};

export const sidePrompt = (wanted: 'array' | 'object'): string =>
  wanted === 'array'
    ? t('Positional arguments, as JSON or Python: ["a", 1]. Leave empty for none.')
    : t('Keyword arguments, as JSON or Python: {0}. Leave empty for none.', '{"to": "anna"}');

const changeQueue = async (queue: string, { cluster, title }: OrderPage): Promise<string> =>
  chooseQueue(cluster, title, { likely: queue }).catch(() => queue);

const changeChoice = async (field: keyof SendChoices, value: string | null, title: string): Promise<string | null> => {
  const { prompt, problemOf } = fields()[field];
  const typed = await showInput({ title, prompt, value: value ?? '', ignoreFocusOut: true, validateInput: problemOf });
  return typed === undefined ? value : typed.trim() || null;
};

interface ChoiceField {
  readonly prompt: string;
  readonly problemOf: (text: string) => string | null;
}

const fields = (): Readonly<Record<keyof SendChoices, ChoiceField>> => ({
  when: {
    prompt: t('Seconds from now, such as 90, or a time, such as 2030-01-31 09:00. Leave empty to send now.'),
    problemOf: momentDefect,
  },
  priority: {
    prompt: t('0 to 9, on RabbitMQ up to 255. The most urgent is 0 on Redis and the highest on RabbitMQ.'),
    problemOf: priorityDefect,
  },
  expires: {
    prompt: t('Seconds from now after which workers skip the task. Leave empty for no limit.'),
    problemOf: expiresDefect,
  },
});

const rowsFor = (
  call: Call,
  { when, priority, expires }: SendChoices,
  { action }: OrderPage,
  fit: CallFit | null,
): readonly Row[] => {
  const [args, kwargs] = [shown(call.args), shown(call.kwargs)];
  const isReady = isWhole(call);
  const act: Row = isReady
    ? {
        label: action,
        icon: fit?.problem ? 'warning' : 'play',
        description: joined(
          withoutStop(fit?.problem?.sentence ?? ''),
          t('to queue {0} · {1} {2}', call.queue, args, kwargs),
        ),
        does: 'send',
      }
    : { label: t('Complete Arguments…'), icon: 'edit', description: whyIncomplete(call), does: 'edit' };
  const edit: Row = { label: t('Edit as JSON…'), icon: 'json', description: t('opens an editor'), does: 'edit' };
  return [
    act,
    ...fieldRows(call, fit),
    { label: t('Arguments'), description: args, does: 'args' },
    { label: t('Keyword Arguments'), description: kwargs, does: 'kwargs' },
    ...(isReady ? [edit] : []),
    { label: t('Queue'), description: call.queue, does: 'queue' },
    { label: t('When'), description: when ?? t('now'), does: 'when' },
    { label: t('Priority'), description: priority ?? t('default of the queue'), does: 'priority' },
    { label: t('Expires'), description: expires === null ? t('never') : t('in {0} s', expires), does: 'expires' },
  ];
};

const withoutStop = (sentence: string): string => (sentence.endsWith('.') ? sentence.slice(0, -1) : sentence);

/** What the task takes, each by itself; the same as JSON stands below. */
const fieldRows = ({ args, kwargs }: Call, fit: CallFit | null): readonly Row[] =>
  fit === null || args.kind !== 'whole' || kwargs.kind !== 'whole'
    ? []
    : fieldsOf(fit.parameters, { argsJson: args.json, kwargsJson: kwargs.json }).map((field) => ({
        ...fieldLook(field),
        does: field,
      }));

const shown = (side: Recovered): string =>
  shownRedactor().text(side.kind === 'whole' ? side.json : side.draft || t('unknown'));
