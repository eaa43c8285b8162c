/** What a value named so is to Celery. */
export type Role = 'broker' | 'result' | 'transportOptions';

/** Celery's settings, with any prefix a project gives them: CELERY_BROKER_URL, broker_url, MYAPP_BROKER_URL. */
export const roleOf = (name: string): Role | null => {
  if (/(?:^|_)broker_?(?:url|uri|dsn)$/i.test(name) || /^celery_?broker$/i.test(name)) return 'broker';
  if (/(?:^|_)result_?backend(?:_?(?:url|uri))?$/i.test(name) || /^celery_?backend(?:_url)?$/i.test(name))
    return 'result';
  return /(?:^|_)broker_transport_options$/i.test(name) ? 'transportOptions' : null;
};

const brokerUrl = /^(?:redis|rediss|amqp|amqps|pyamqp|librabbitmq|sentinel|redis\+socket|filesystem):\/\//i;

export const isBrokerUrl = (text: string): boolean => brokerUrl.test(text);

/** A URL, but not of a broker that can be spoken to: SQS, Kafka, memory … */
export const foreignScheme = (text: string): string | null =>
  isBrokerUrl(text) ? null : (/^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1] ?? null);
