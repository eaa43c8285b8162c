import { DapClient } from './dapClient.ts';

/** An editor in a process of its own, to be killed: attaches, stops where it is told to, says so, and waits. */
const [port = '', file = '', line = ''] = process.argv.slice(2);
const client = new DapClient({ exists: () => true, locate: async () => null });
await client.attach(Number(port), { [file]: [{ line: Number(line) }] });
await client.stop();
process.stdout.write('it stands\n');
setInterval(() => undefined, 60_000);
