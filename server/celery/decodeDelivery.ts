import { bodyText } from './bodyText.ts';
import { eventDefect } from './checkEvent.ts';
import { addProblem, type DecodeProblem, oneProblem } from './decodeProblem.ts';
import type { Delivery } from './delivery.ts';
import type { CeleryEvent } from './event.ts';
import { parsePythonJson } from './pythonJson.ts';
import { quickEnvelope } from './quickEnvelope.ts';
import { readEnvelope } from './readEnvelope.ts';

/**
 * Reads one message and hands each event in it to `sink`, in order. What cannot be read is returned, never thrown; a bad
 * event in a list costs only itself.
 */
export const decodeDelivery = (delivery: Delivery, sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  const text = textOf(delivery);
  if (typeof text !== 'string') return text;
  // `eventDefect` checks the bounds of each event, which costs less than to check those of everything.
  const value = parsePythonJson(text);
  if (value === undefined) return oneProblem('body is not JSON');
  return Array.isArray(value) ? sinkList(value, sink) : sinkOne(value, sink);
};

/** Workers send two dozen events in one message; JSON of this size is read in some forty milliseconds. */
const largestMessage = 8 * 1024 * 1024;

/** The text of the body, or why there is none. */
const textOf = (delivery: Delivery): string | DecodeProblem => {
  const text = openDelivery(delivery);
  return typeof text === 'string' && text.length > largestMessage ? oneProblem('body too large') : text;
};

const openDelivery = (delivery: Delivery): string | DecodeProblem => {
  if (delivery.kind === 'message') return bodyText(delivery);
  const quick = quickEnvelope(delivery.bytes);
  if (quick !== null) return quick;
  const raw = readEnvelope(delivery.bytes);
  return typeof raw === 'string' ? oneProblem(raw) : bodyText(raw);
};

const sinkOne = (value: unknown, sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  const defect = eventDefect(value);
  if (defect !== null) return oneProblem(defect);
  sink(value as CeleryEvent);
  return null;
};

const sinkList = (values: readonly unknown[], sink: (event: CeleryEvent) => void): DecodeProblem | null => {
  let problems: DecodeProblem | null = null;
  for (const value of values) {
    const defect = eventDefect(value);
    if (defect === null) sink(value as CeleryEvent);
    else problems = addProblem(problems, defect);
  }
  return problems;
};
