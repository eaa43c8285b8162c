import { basename } from 'node:path';
import {
  ContinuedEvent,
  DebugSession,
  InitializedEvent,
  OutputEvent,
  Source,
  StoppedEvent,
  TerminatedEvent,
  Thread,
} from '@vscode/debugadapter';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import { breakpointWords } from './breakpointWords.ts';
import { openFirst } from './openFirst.ts';
import { type LinkLimits, RdbLink } from './rdbLink.ts';
import type { RdbFrame, RdbValue, Ready, Stop } from './rdbMessages.ts';
import type { RdbPlace } from './rdbPlace.ts';
import { readAttachment } from './readAttachment.ts';
import { SourceFinder, type SourceSeeker } from './sourceFinder.ts';

/** Celery runs one task at a time in the process that waits: that is the only thread there is to see. */
const threadId = 1;
const frameId = (index: number): number => index + 1;
const indexOf = (id: number | undefined): number | null => (id === undefined ? null : id - 1);

/** Speaks the debug adapter protocol to the editor, and to a task that waits in celery.contrib.rdb by the helper. */
export class RdbSession extends DebugSession {
  readonly #helper: string;
  readonly #seeker: SourceSeeker;
  #link: RdbLink | null = null;
  #sources: SourceFinder;
  #process = 'Celery';
  #firstStop: Stop | null = null;
  #lastStop: Stop | null = null;
  #state: 'starting' | 'stopped' | 'running' | 'ended' = 'starting';
  /** Whether the user has asked for the next pause; otherwise it came because we had something to say. */
  #wantsPause = false;
  #topIndex = 0;

  constructor(helper: string, seeker: SourceSeeker) {
    super();
    this.#helper = helper;
    this.#seeker = seeker;
    this.#sources = new SourceFinder({}, seeker);
  }

  get isOver(): boolean {
    return this.#state === 'ended';
  }

  /** The window closes, or VS Code has lost patience: the task must not wait for ever. */
  override dispose(): void {
    void this.#link?.leave();
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
      const ready = await openFirst(attachment, (place, limits) => this.#open(place, limits));
      this.#process = processWords(ready);
      this.sendEvent(new OutputEvent(`${attachedWords(ready)}\n`, 'console'));
      this.sendEvent(new InitializedEvent());
    });
  }

  protected override configurationDoneRequest(response: Dap.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    const first = this.#firstStop;
    this.#firstStop = null;
    if (this.#state !== 'starting') return;
    this.#state = 'running';
    if (first) this.#stopped(first);
  }

  protected override threadsRequest(response: Dap.ThreadsResponse): void {
    response.body = { threads: [new Thread(threadId, this.#process)] };
    this.sendResponse(response);
  }

  protected override stackTraceRequest(response: Dap.StackTraceResponse, given: Dap.StackTraceArguments): void {
    this.#answer(response, async () => {
      const all = await this.#ask().ask('stack');
      this.#topIndex = all[0]?.index ?? 0;
      const start = given.startFrame ?? 0;
      const shown = all.slice(start, given.levels ? start + given.levels : undefined);
      const stackFrames = await Promise.all(shown.map((frame) => this.#frame(frame)));
      response.body = { stackFrames, totalFrames: all.length };
    });
  }

  protected override sourceRequest(response: Dap.SourceResponse, given: Dap.SourceArguments): void {
    this.#answer(response, async () => {
      const file = this.#sources.fileOf(given.source?.sourceReference ?? given.sourceReference);
      if (file === null) throw new CeleriacError('notFound', t('This source is not known any more.'));
      response.body = { content: await this.#ask().ask('source', { file }), mimeType: 'text/x-python' };
    });
  }

  protected override scopesRequest(response: Dap.ScopesResponse, given: Dap.ScopesArguments): void {
    this.#answer(response, async () => {
      const { locals, globals } = await this.#ask().ask('scopes', { index: indexOf(given.frameId) });
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
      const { rows, left } = await this.#ask().ask('variables', page);
      const variables: Dap.Variable[] = rows.map((row) => ({ ...shownValue(row), name: row.name, value: row.value }));
      // A list is asked for in parts; of anything else the rest is only counted.
      if (left > 0 && given.filter !== 'indexed')
        variables.push({ name: '…', value: t('{0} more', left), variablesReference: 0 });
      response.body = { variables };
    });
  }

  protected override setVariableRequest(response: Dap.SetVariableResponse, given: Dap.SetVariableArguments): void {
    this.#answer(response, async () => {
      const order = { ref: given.variablesReference, name: given.name, expression: given.value, index: this.#topIndex };
      const assigned = await this.#ask().ask('assign', order);
      response.body = { ...shownValue(assigned), value: assigned.value };
    });
  }

  protected override evaluateRequest(response: Dap.EvaluateResponse, given: Dap.EvaluateArguments): void {
    this.#answer(
      response,
      async () => {
        const index = indexOf(given.frameId) ?? this.#topIndex;
        const order = { expression: given.expression, index, statements: given.context === 'repl' };
        const value = await this.#ask().ask('evaluate', order);
        response.body = value ? { ...shownValue(value), result: value.value } : { result: '', variablesReference: 0 };
      },
      // In a hover or a watch it stands beside the expression; a message box for each would be a plague.
      false,
    );
  }

  protected override exceptionInfoRequest(response: Dap.ExceptionInfoResponse): void {
    const { text, details } = this.#lastStop ?? {};
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
      const wanted = (given.breakpoints ?? []).map(({ line, condition, hitCondition }) => ({
        line,
        ...(condition ? { condition } : {}),
        ...(hitCondition
          ? { ignore: Math.max(0, Number.parseInt(hitCondition.replace(/^\D+/, ''), 10) - 1 || 0) }
          : {}),
      }));
      const set = await this.#ask().ask('breakpoints', { file, wanted });
      const breakpoints = set.map(({ line, problem, detail }) =>
        problem === null
          ? { verified: true, line }
          : { verified: false, line, message: breakpointWords(problem, file, detail) },
      );
      response.body = { breakpoints };
    });
  }

  protected override continueRequest(response: Dap.ContinueResponse): void {
    this.#goOn(response, 'continue');
  }

  protected override nextRequest(response: Dap.NextResponse): void {
    this.#goOn(response, 'next');
  }

  protected override stepInRequest(response: Dap.StepInResponse): void {
    this.#goOn(response, 'step');
  }

  protected override stepOutRequest(response: Dap.StepOutResponse): void {
    this.#goOn(response, 'return');
  }

  protected override pauseRequest(response: Dap.PauseResponse): void {
    this.#answer(response, async () => {
      this.#wantsPause = true;
      // Whatever is said to a task that runs makes it stop at its next line.
      await this.#ask().ask('stack');
    });
  }

  protected override restartRequest(response: Dap.RestartResponse): void {
    this.#answer(response, async () => {
      throw new CeleriacError('unsupported', t('A task that runs cannot be started again. Let it end, then retry it.'));
    });
  }

  protected override disconnectRequest(response: Dap.DisconnectResponse): void {
    this.#answer(response, async () => this.#link?.leave());
  }

  #open(place: RdbPlace, limits: Partial<LinkLimits>): Promise<Ready> {
    const link: RdbLink = new RdbLink(
      place,
      this.#helper,
      {
        stopped: (stop) => this.#stopped(stop),
        printed: (text) => this.sendEvent(new OutputEvent(text, 'stdout')),
        closed: () => (this.#link === link && link.isReady ? this.#ended() : undefined),
      },
      limits,
    );
    this.#link = link;
    return link.open();
  }

  #goOn(response: Dap.Response, how: 'step' | 'next' | 'return' | 'continue'): void {
    this.#answer(response, async () => {
      this.#ask();
      this.#state = 'running';
      this.#link?.go(how);
    });
  }

  #ask(): RdbLink {
    if (!this.#link || this.#state === 'ended')
      throw new CeleriacError('notFound', t('The task has run on; the session is over.'));
    return this.#link;
  }

  #stopped(stop: Stop): void {
    if (this.#state === 'starting') {
      this.#firstStop = stop;
      return;
    }
    if (stop.why === 'pause' && !this.#wantsPause) {
      this.#link?.go('continue');
      return;
    }
    this.#wantsPause = false;
    this.#state = 'stopped';
    this.#lastStop = stop;
    const reason = stop.why === 'entry' ? 'breakpoint' : stop.why;
    this.sendEvent(new StoppedEvent(reason, threadId, ...(stop.text === null ? [] : [stop.text])));
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'stopped') this.sendEvent(new ContinuedEvent(threadId, true));
    this.#state = 'ended';
    this.sendEvent(new TerminatedEvent());
  }

  async #frame(frame: RdbFrame): Promise<Dap.StackFrame> {
    const { path, reference, isLibrary } = await this.#sources.find(frame);
    const source = new Source(basename(frame.file), path ?? frame.file, reference);
    const hint = isLibrary ? { presentationHint: 'subtle' as const } : {};
    const shownSource = isLibrary ? { ...source, presentationHint: 'deemphasize' as const } : source;
    return { id: frameId(frame.index), name: frame.name, line: frame.line, column: 1, source: shownSource, ...hint };
  }

  /** Every request is answered: with what the act has put into the response, or with why not. */
  #answer(response: Dap.Response, act: () => Promise<unknown> | undefined, showUser = true): void {
    const done = async () => {
      try {
        await act();
        this.sendResponse(response);
      } catch (error) {
        const format = error instanceof Error ? error.message : String(error);
        // Braces would be taken for places to fill in.
        const variables = { sentence: format };
        this.sendErrorResponse(response, { id: 1, format: '{sentence}', variables, showUser });
      }
    };
    void done();
  }
}

const shownValue = ({ type, ref, indexed, written }: RdbValue) => ({
  type,
  variablesReference: ref,
  ...(indexed > 0 ? { indexedVariables: indexed } : {}),
  ...(written === null ? {} : { evaluateName: written }),
});

const processWords = ({ process, task }: Ready): string => (task ? `${task.name} · ${process}` : process);

const attachedWords = ({ process, python, pid, task }: Ready): string => {
  const where = t('{0}, process {1}, Python {2}', process, pid, python);
  return task ? t('Attached to {0} [{1}] in {2}.', task.name, task.id, where) : t('Attached to {0}.', where);
};
