import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { RdbSession } from '../../extension/debug/rdb/rdbSession.ts';
import type { SourceSeeker } from '../../extension/debug/rdb/sourceFinder.ts';
import { until } from '../lab/until.ts';

const helper = readFileSync(join(import.meta.dirname, '../../extension/debug/rdb/rdbHelper.py'), 'utf8');

/** The adapter, driven as an editor drives it. */
export class DapClient {
  readonly events: Dap.Event[] = [];
  readonly #session: RdbSession;
  readonly #responses = new Map<number, (response: Dap.Response) => void>();
  #sent = 0;

  constructor(seeker: SourceSeeker) {
    this.#session = new RdbSession(helper, seeker);
    this.#session.onDidSendMessage((message) => this.#take(message as Dap.ProtocolMessage));
  }

  /** The body of the response; a failure is thrown with its sentence. */
  async request<B = unknown>(command: string, args: object = {}): Promise<B> {
    this.#sent += 1;
    const request: Dap.Request = { seq: this.#sent, type: 'request', command, arguments: args };
    const answered = new Promise<Dap.Response>((resolve) => this.#responses.set(request.seq, resolve));
    this.#session.handleMessage(request);
    const response = await answered;
    if (!response.success) throw new Error(String(response.body?.error?.variables?.sentence ?? response.message));
    return response.body;
  }

  async attach(port: number, breakpoints: Record<string, Dap.SourceBreakpoint[]> = {}, more = {}): Promise<void> {
    await this.request('initialize', { adapterID: 'celery-rdb', pathFormat: 'path' });
    await this.request('attach', { host: '127.0.0.1', port, ...more });
    for (const [path, wanted] of Object.entries(breakpoints)) await this.breakpoints(path, wanted);
    await this.request('configurationDone');
  }

  async breakpoints(path: string, breakpoints: Dap.SourceBreakpoint[]): Promise<Dap.Breakpoint[]> {
    const body = await this.request<{ breakpoints: Dap.Breakpoint[] }>('setBreakpoints', {
      source: { path },
      breakpoints,
    });
    return body.breakpoints;
  }

  /** The next stop since the last one that was asked for: why, and where. */
  async stop(): Promise<{ reason: string; text: string; name: string; line: number; frame: Dap.StackFrame }> {
    const event = await until('the task stops', () => this.#takeEvent('stopped'), 30_000);
    const [frame] = await this.stack();
    assert.ok(frame);
    return { reason: event.body.reason, text: event.body.text ?? '', name: frame.name, line: frame.line, frame };
  }

  async go(command: 'next' | 'stepIn' | 'stepOut' | 'continue') {
    await this.request(command, { threadId: 1 });
    return this.stop();
  }

  async stack(): Promise<Dap.StackFrame[]> {
    return (await this.request<{ stackFrames: Dap.StackFrame[] }>('stackTrace', { threadId: 1 })).stackFrames;
  }

  async localsOf(frameId: number): Promise<number> {
    const { scopes } = await this.request<{ scopes: Dap.Scope[] }>('scopes', { frameId });
    return scopes[0]?.variablesReference ?? 0;
  }

  async locals(frameId: number): Promise<Map<string, Dap.Variable>> {
    return this.children(await this.localsOf(frameId));
  }

  async children(variablesReference: number, page = {}): Promise<Map<string, Dap.Variable>> {
    const body = await this.request<{ variables: Dap.Variable[] }>('variables', { variablesReference, ...page });
    return new Map(body.variables.map((each) => [each.name, each]));
  }

  async evaluate(expression: string, frameId: number, context = 'watch'): Promise<string> {
    return (await this.request<{ result: string }>('evaluate', { expression, frameId, context })).result;
  }

  async ended(): Promise<void> {
    await until('the session is over', () => this.#takeEvent('terminated'), 30_000);
  }

  /** What the task has printed. */
  get printed(): string {
    const prints = this.events.filter(({ event, body }) => event === 'output' && body.category === 'stdout');
    return prints.map(({ body }) => body.output).join('');
  }

  /** As when the window closes: nobody asks for anything any more. */
  dispose(): void {
    this.#session.dispose();
  }

  #takeEvent(name: string): Dap.Event | undefined {
    const at = this.events.findIndex(({ event }) => event === name);
    return at < 0 ? undefined : this.events.splice(at, 1)[0];
  }

  #take(message: Dap.ProtocolMessage): void {
    if (message.type === 'event') this.events.push(message as Dap.Event);
    if (message.type === 'response')
      this.#responses.get((message as Dap.Response).request_seq)?.(message as Dap.Response);
  }
}
