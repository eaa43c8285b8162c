// Run as a process of its own that is to be killed: opens a session, says so, and then blocks or waits for its end.
// node amqpAbandon.ts <url> <queueExpiresMs>
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { listen, noSignal } from './amqpListener.ts';
import { connectionTo } from './connectionTo.ts';

const [url = '', queueExpiresMs = ''] = process.argv.slice(2);
const times = { queueExpiresMs: Number(queueExpiresMs), redeliveredWithinMs: 30_000 };
await createAmqpBroker(connectionTo({ url }), times).connect(listen(), noSignal);
process.stdout.write('connected\n');
