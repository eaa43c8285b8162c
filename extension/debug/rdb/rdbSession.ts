import {
  ContinuedEvent,
  DebugSession,
  Event,
  InitializedEvent,
  OutputEvent,
  StoppedEvent,
  TerminatedEvent,
  Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import { plainLine } from '../../shown/plainLine.ts';
import { taskEvent } from '../safety/reportedTask.ts';
import type { Stop } from './rdbMessages.ts';
import { RdbRun } from './rdbRun.ts';
import { readAttachment } from './readAttachment.ts';
import {
  attachedWords,
  indexOf,
  processWords,
  shownBreakpoint,
  shownFrame,
  shownValue,
  shownVariables,
  wantedBreakpoint,
} from './shown.ts';
import { SourceFinder, type SourceSeeker } from './sourceFinder.ts';

/** Celery runs one task at a time in the process that waits: that is the only thread there is to see. */
const threadId = 1;

/** Speaks the debug adapter protocol to the editor, and to a task that waits in celery.contrib.rdb by the helper. */
export class RdbSession extends DebugSession {
  readonly #seeker: SourceSeeker;
  readonly #run: RdbRun;
  #sources: SourceFinder;
  #process = 'Celery';
  #topIndex = 0;

  constructor(helper: string, seeker: SourceSeeker) {
    super();
    this.#seeker = seeker;
    this.#sources = new SourceFinder({}, seeker);
    this.#run = new RdbRun(helper, {
      stopped: (stop) => this.#stopped(stop),
      printed: (text) => this.sendEvent(new OutputEvent(text, 'stdout')),
      ended: (wasStopped) => this.#ended(wasStopped),
    });
  }

  get isOver(): boolean {
    return this.#run.isOver;
  }

  /** The window closes, or VS Code has lost patience: the task must not wait for ever. */
  override dispose(): void {
    void this.#run.leave();
  }

  protected override initializeRequest(response: Dap.InitializeResponse): void {
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsConditionalBreakpoints: true,
      supportsHitConditionalBreakpoints: true,
      supportsEvaluateForHovers: true,
      supportsSetVariable: true,
      supportsExceptionInfoRequest: true,
      // VS Code offers it anyway; unless it is refused here, it would let the task go and find nobody to attach to.
      supportsRestartRequest: true,
    };
    this.sendResponse(response);
  }

  protected override attachRequest(response: Dap.AttachResponse, given: Dap.AttachRequestArguments): void {
    this.#answer(response, async () => {
      const attachment = readAttachment(given);
      this.#sources = new SourceFinder(attachment.pathMappings, this.#seeker);
      const ready = await this.#run.open(attachment);
      this.#process = processWords(ready);
      this.sendEvent(new OutputEvent(`${attachedWords(ready)}\n`, 'console'));
      if (ready.task) this.sendEvent(new Event(taskEvent, ready.task));
      this.sendEvent(new InitializedEvent());
    });
  }

  protected override configurationDoneRequest(response: Dap.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    this.#run.begin();
  }

  protected override threadsRequest(response: Dap.ThreadsResponse): void {
    response.body = { threads: [new Thread(threadId, this.#process)] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(response: Dap.StackTraceResponse, given: Dap.StackTraceArguments): void {
    this.#answer(response, async () => {
      const all = await this.#run.ask('stack');
      this.#topIndex = all[0]?.index ?? 0;
      const start = given.startFrame ?? 0;
      const shown = all.slice(start, given.levels ? start + given.levels : undefined);
      const stackFrames = await Promise.all(shown.map((frame) => shownFrame(frame, this.#sources)));
      response.body = { stackFrames, totalFrames: all.length };
    });
  }

  protected override sourceRequest(response: Dap.SourceResponse, given: Dap.SourceArguments): void {
    this.#answer(response, async () => {
      const file = this.#sources.fileOf(given.source?.sourceReference ?? given.sourceReference);
      if (file === null) throw new CeleriacError('notFound', t('This source is no longer available.'));
      response.body = { content: await this.#run.ask('source', { file }), mimeType: 'text/x-python' };
    });
  }

  protected override scopesRequest(response: Dap.ScopesResponse, given: Dap.ScopesArguments): void {
    this.#answer(response, async () => {
      const { locals, globals } = await this.#run.ask('scopes', { index: indexOf(given.frameId) });
      response.body = {
        scopes: [
          { name: t('Locals'), presentationHint: 'locals', variablesReference: locals, expensive: false },
          { name: t('Globals'), presentationHint: 'globals', variablesReference: globals, expensive: true },
        ],
      };
    });
  }

  protected override variablesRequest(response: Dap.VariablesResponse, given: Dap.VariablesArguments): void {
    this.#answer(response, async () => {
      const start = given.start ?? 0;
      const page = { ref: given.variablesReference, start, ...(given.count ? { count: given.count } : {}) };
      const variables = await this.#run.ask('variables', page);
      response.body = { variables: shownVariables(variables, given.filter === 'indexed') };
    });
  }

  protected override setVariableRequest(response: Dap.SetVariableResponse, given: Dap.SetVariableArguments): void {
    this.#answer(response, async () => {
      const order = { ref: given.variablesReference, name: given.name, expression: given.value, index: this.#topIndex };
      const assigned = await this.#run.ask('assign', order);
      response.body = { ...shownValue(assigned), value: assigned.value };
    });
  }

  protected override evaluateRequest(response: Dap.EvaluateResponse, given: Dap.EvaluateArguments): void {
    this.#answer(
      response,
      async () => {
        const index = indexOf(given.frameId) ?? this.#topIndex;
        const order = { expression: given.expression, index, statements: given.context === 'repl' };
        const value = await this.#run.ask('evaluate', order);
        response.body = value ? { ...shownValue(value), result: value.value } : { result: '', variablesReference: 0 };
      },
      // In a hover or a watch it stands beside the expression; a message box for each would be a plague.
      false,
    );
  }

  protected override exceptionInfoRequest(response: Dap.ExceptionInfoResponse): void {
    const { text, details } = this.#run.lastStop ?? {};
    response.body = {
      exceptionId: text?.split(':', 1)[0] ?? t('Exception'),
      breakMode: 'always',
      ...(text ? { description: text } : {}),
      ...(details ? { details: { stackTrace: details } } : {}),
    };
    this.sendResponse(response);
  }

  protected override setBreakPointsRequest(
    response: Dap.SetBreakpointsResponse,
    given: Dap.SetBreakpointsArguments,
  ): void {
    this.#answer(response, async () => {
      const file = this.#sources.remoteOf(given.source);
      const wanted = (given.breakpoints ?? []).map(wantedBreakpoint);
      const set = await this.#run.ask('breakpoints', { file, wanted });
      response.body = { breakpoints: set.map((each) => shownBreakpoint(each, file)) };
    });
  }

  protected override continueRequest(response: Dap.ContinueResponse): void {
    this.#answer(response, async () => this.#run.go('continue'));
  }

  protected override nextRequest(response: Dap.NextResponse): void {
    this.#answer(response, async () => this.#run.go('next'));
  }

  protected override stepInRequest(response: Dap.StepInResponse): void {
    this.#answer(response, async () => this.#run.go('step'));
  }

  protected override stepOutRequest(response: Dap.StepOutResponse): void {
    this.#answer(response, async () => this.#run.go('return'));
  }

  protected override pauseRequest(response: Dap.PauseResponse): void {
    this.#answer(response, () => this.#run.pause());
  }

  protected override restartRequest(response: Dap.RestartResponse): void {
    this.#answer(response, async () => {
      throw new CeleriacError('unsupported', t('A running task cannot be restarted. Let it finish, then retry it.'));
    });
  }

  protected override disconnectRequest(response: Dap.DisconnectResponse): void {
    this.#answer(response, () => this.#run.leave());
  }

  #stopped({ why, text }: Stop): void {
    const reason = why === 'entry' ? 'breakpoint' : why;
    this.sendEvent(new StoppedEvent(reason, threadId, ...(text === null ? [] : [text])));
  }

  #ended(wasStopped: boolean): void {
    if (wasStopped) this.sendEvent(new ContinuedEvent(threadId, true));
    this.sendEvent(new TerminatedEvent());
  }

  /** Every request is answered: with what the act has put into the response, or with why not. */
  #answer(response: Dap.Response, act: () => Promise<unknown> | undefined, showUser = true): void {
    const done = async () => {
      try {
        await act();
        this.sendResponse(response);
      } catch (error) {
        // VS Code shows it in a notification. Braces in the format would be taken for places to fill in.
        const variables = { sentence: plainLine(error instanceof Error ? error.message : String(error)) };
        this.sendErrorResponse(response, { id: 1, format: '{sentence}', variables, showUser });
      }
    };
    void done();
  }
}
