import * as v from 'valibot';

const disconnect = v.looseObject({ type: v.literal('request'), command: v.literal('disconnect') });
const greeting = v.looseObject({ type: v.literal('response'), command: v.literal('initialize') });

/** From the adapter: it cannot end what it debugs. The message is changed in place. */
export const withoutPower = (message: unknown): void => {
  const body: unknown = v.is(greeting, message) ? Reflect.get(Object(message), 'body') : null;
  if (typeof body === 'object' && body !== null) Reflect.set(body, 'supportTerminateDebuggee', false);
};

/** To the adapter: what it debugs is not to be ended. */
export const withoutEnd = (message: unknown): void => {
  if (!v.is(disconnect, message)) return;
  const given: unknown = message['arguments'];
  if (typeof given === 'object' && given !== null) Reflect.set(given, 'terminateDebuggee', false);
};
