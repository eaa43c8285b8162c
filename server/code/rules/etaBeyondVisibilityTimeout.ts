import type { Expression } from '../../python/syntax.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { isRetryCall } from '../retryCalls.ts';
import type { Look, Rule } from '../rule.ts';
import { keyword, lookAt, numberIn, pathOf, sendingCall, settingOf, textOf } from '../ruleKit.ts';
import { entriesOf } from '../settingsIn.ts';
import { valueBehind } from '../usesIn.ts';

const applying = new Set(['apply_async', 'apply_async_on_commit']);
const defaultTimeout = 3_600;

export const etaBeyondVisibilityTimeout: Rule = {
  id: 'eta-beyond-visibility-timeout',
  severity: 'warning',
  title: 'Countdown longer than the visibility timeout',
  why: 'With Redis, a message that is not acknowledged within the visibility timeout is redelivered: the task runs several times.',
  node: (look) => {
    const { node, index } = look;
    if (node.kind !== 'call' || (!sendingCall(node, look, applying) && !isRetryCall(node, look))) return undefined;
    const countdown = keyword(node, 'countdown');
    const eta = keyword(node, 'eta');
    const seconds = countdown ? numberIn(countdown.value, look) : eta ? secondsAhead(eta.value, look) : null;
    const timeout = seconds === null ? null : timeoutOf(index);
    const at = countdown ?? eta;
    if (!at || seconds === null || timeout === null || seconds <= timeout) return undefined;
    const message = `This task runs several times: it waits for ${seconds} s, and its message is redelivered every ${timeout} s (visibility_timeout).`;
    return [{ at, message }];
  },
};

/** Null: the broker is not Redis, or it cannot be seen what it is. */
const timeoutOf = (index: CodeIndex): number | null => {
  const url = settingOf(index, 'broker_url', 'BROKER_URL');
  if (!url) return null;
  const value = valueBehind(url.value, url.file, url.above, index.names);
  if (!/["'](?:rediss?|sentinel):\/\//.test(textOf(value, url.file))) return null;
  const options = settingOf(index, 'broker_transport_options', 'BROKER_TRANSPORT_OPTIONS');
  if (!options) return defaultTimeout;
  const entries = valueBehind(options.value, options.file, options.above, index.names);
  if (entries.kind !== 'dict' && entries.kind !== 'call') return null;
  const found = entriesOf(entries).find(([key]) => key === 'visibility_timeout');
  return found ? numberIn(found[1], lookAt(options, index)) : defaultTimeout;
};

const unitSeconds: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  weeks: 604_800,
};

/** `now() + timedelta(hours=5)` */
const secondsAhead = (value: Expression, look: Omit<Look, 'node'>): number | null => {
  if (value.kind !== 'operation' || value.operator !== '+') return null;
  const delta = value.operands.find(
    (each) => each.kind === 'call' && /^datetime\.timedelta$/.test(pathOf(each.callee, look) ?? ''),
  );
  if (delta?.kind !== 'call') return null;
  let seconds = 0;
  for (const { name, value: amount } of delta.args) {
    const unit = name === null ? (delta.args.length === 1 ? 86_400 : undefined) : unitSeconds[name];
    const count = numberIn(amount, look);
    if (unit === undefined || count === null) return null;
    seconds += unit * count;
  }
  return seconds;
};
