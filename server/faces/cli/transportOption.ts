import { asRecord } from '../../celery/asRecord.ts';
import { UsageError } from './usageError.ts';

/** One of Celery's broker_transport_options: where it belongs, and what. */
export interface TransportOption {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Reads `key=value`. Dots in the key nest; the value is JSON where it is JSON (numbers, true, lists, …) and text
 * otherwise. The value may be a secret, so no sentence shows it.
 */
export const readTransportOption = (text: string, name: string): TransportOption => {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).split('.');
  if (equals < 1 || path.some((step) => step === '' || step === '__proto__')) {
    throw new UsageError(`${name} requires KEY=VALUE, such as visibility_timeout=3600 or sentinel_kwargs.password=….`);
  }
  return { path, value: readValue(text.slice(equals + 1)) };
};

const readValue = (text: string): unknown => {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The options with one more in its place; what was given before stays as it is. */
export const withTransportOption = (
  options: Readonly<Record<string, unknown>>,
  { path, value }: TransportOption,
): Readonly<Record<string, unknown>> => {
  const [step, ...rest] = path;
  if (step === undefined) return options;
  if (rest.length === 0) return { ...options, [step]: value };
  return { ...options, [step]: withTransportOption(asRecord(options[step]), { path: rest, value }) };
};
