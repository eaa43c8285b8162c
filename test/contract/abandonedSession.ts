import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ConnectionConfig } from '../../server/api/model.ts';

/** Opens a session with replies, asks all workers, and waits to be killed. */
const program = `
import { createBroker } from '${new URL('../../server/brokers/createBroker.ts', import.meta.url)}';
const listener = { onDelivery() {}, onLost() {}, onBlocked() {} };
const session = await createBroker(JSON.parse(process.argv[1])).connect(listener, new AbortController().signal);
const box = await session.openReplies(() => {});
const ping = { method: 'ping', arguments: {}, destination: null, pattern: null, matcher: null };
await box.ask(ping, 'of a killed process', Date.now() + 60_000);
console.log('asked');
setInterval(() => {}, 60_000);
`;

/** A process of its own that has a session with open replies, ended by kill -9. */
export const abandonSession = async (config: ConnectionConfig): Promise<void> => {
  const args = ['--input-type=module', '--eval', program, JSON.stringify(config)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'close').then(() => Promise.reject(new Error('it ended by itself'))),
  ]);
  child.kill('SIGKILL');
  await once(child, 'close');
};
