import { randomUUID } from 'node:crypto';
import type { EventMessage } from './taskStream.ts';

/** Publishes events as workers do, as fast as the broker takes them. */
export interface Publisher {
  /** Encodes now; the answer publishes what was encoded, and resolves when the broker has taken it all. */
  prepare(messages: readonly EventMessage[]): () => Promise<void>;
  /** Whether somebody listens to events. */
  hasListener(): Promise<boolean>;
  close(): Promise<void>;
}

/** A worker's sign of life: the one event that a monitor without tasks may get, and no benchmark counts. */
export const heartbeat = (hostname: string, clock = 1): EventMessage => {
  const common = `"hostname": "${hostname}", "utcoffset": 0, "pid": 4000, "clock": ${clock}, "freq": 2.0, "active": 3`;
  const load = `"processed": ${clock}, "loadavg": [1.79, 1.35, 0.85]`;
  const software = `"sw_ident": "py-celery", "sw_ver": "5.6.3", "sw_sys": "Linux"`;
  const body = `{${common}, ${load}, ${software}, "timestamp": ${Date.now() / 1000}, "type": "worker-heartbeat"}`;
  return { routingKey: 'worker.heartbeat', hostname, body };
};

/** The envelope of kombu's virtual transports (kombu/transport/virtual/base.py: Channel.prepare_message). */
export const envelopeOf = ({ body, hostname, routingKey }: EventMessage): string => {
  const info = `{"exchange": "celeryev", "routing_key": "${routingKey}"}`;
  const rest = `"priority": 0, "body_encoding": "base64", "delivery_tag": "${randomUUID()}"`;
  const properties = `{"delivery_mode": 1, "delivery_info": ${info}, ${rest}}`;
  const type = '"content-encoding": "utf-8", "content-type": "application/json"';
  const base64 = Buffer.from(body).toString('base64');
  return `{"body": "${base64}", ${type}, "headers": {"hostname": "${hostname}"}, "properties": ${properties}}`;
};
