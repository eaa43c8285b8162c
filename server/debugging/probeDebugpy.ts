import * as v from 'valibot';
import type { ProbedPort } from '../api/debugging.ts';
import { DapClient } from './dapClient.ts';

const connectWithinMs = 1_500;
/** An adapter that is handing its process over to another debugger greets late. */
const answerWithinMs = 5_000;

const systemInfo = v.object({ process: v.object({ pid: v.number() }) });

/**
 * debugpy tells its process only to a debugger: one attaches without a word about breakpoints, asks, and is gone again.
 * What runs there runs on.
 */
export const probeDebugpy = async (host: string, port: number): Promise<ProbedPort> => {
  const client = await DapClient.open(host, port, connectWithinMs);
  if (!client) return { kind: 'closed', port };
  try {
    client.send('initialize', { adapterID: 'celery', pathFormat: 'path' });
    const greeting = await client.next(
      ({ type, command }) => type === 'response' && command === 'initialize',
      answerWithinMs,
    );
    if (greeting?.success !== true) return { kind: 'stranger', port };
    const answer = await askForProcess(client, port);
    // An adapter whose debugger goes without a word, before it has begun, takes no other one.
    client.send('disconnect', { terminateDebuggee: false });
    await client.next(({ command }) => command === 'disconnect', answerWithinMs);
    return answer;
  } finally {
    client.close();
  }
};

const askForProcess = async (client: DapClient, port: number): Promise<ProbedPort> => {
  client.send('attach', { justMyCode: false, subProcess: false });
  const attached = await client.next(isAttached, answerWithinMs);
  if (attached?.event !== 'initialized') return { kind: 'taken', port };
  client.send('debugpySystemInfo', {});
  const told = await client.next(({ command }) => command === 'debugpySystemInfo', answerWithinMs);
  const read = v.safeParse(systemInfo, told?.body);
  return read.success ? { kind: 'process', port, pid: read.output.process.pid } : { kind: 'stranger', port };
};

const isAttached = ({ type, command, event }: { type: string; command?: string; event?: string }): boolean =>
  event === 'initialized' || event === 'terminated' || (type === 'response' && command === 'attach');
