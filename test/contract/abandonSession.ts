import { createBroker } from '../../server/brokers/createBroker.ts';

/** Opens a session with the connection in its first argument and waits to be killed. */
const listener = { onDelivery: () => undefined, onLost: () => undefined, onBlocked: () => undefined };
await createBroker(JSON.parse(process.argv[2] ?? '')).connect(listener, new AbortController().signal);
console.log('open');
setInterval(() => undefined, 60_000);
