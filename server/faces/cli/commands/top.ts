import type { Cluster } from '../../../cluster/cluster.ts';
import { readQuery } from '../../../state/queries/language/readQuery.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { orInterrupted } from '../interruption.ts';
import { listen } from '../listening.ts';
import { withSavedFilter } from '../savedFilter.ts';
import { Screen } from '../screen.ts';
import { typedQuery } from '../taskQuery.ts';
import { act } from '../top/topActs.ts';
import { readKeys } from '../top/topKeys.ts';
import { press, type TopEffect } from '../top/topPress.ts';
import { roomFor, topScreen } from '../top/topScreen.ts';
import { firstState, listOf, scrolled, type TopState, withList } from '../top/topState.ts';
import { keysOf, type TopView, topViewOf } from '../top/topView.ts';
import { UsageError } from '../usageError.ts';

const everyMs = 1_000;
const queuesEveryMs = 2_000;

/** The full-screen view: draws once a second and at every key, until it is left. A broker that is away is waited for. */
export const runTop: RunCommand = async (context) => {
  const { terminal, input, args, interruption } = context;
  if (!terminal.isScreen || !('setRawMode' in input))
    throw new UsageError('"top" requires a terminal. Without one, use "celeriac status --watch".');
  const filter = withSavedFilter(context, typedQuery(args));
  readQuery(filter, 0);
  const listening = await listen(context, { refreshIntervalMs: queuesEveryMs });
  listening.firstLink.catch(() => undefined);
  listening.called.catch(() => undefined);
  // Queues and health are only followed while somebody listens.
  const leaveFeed = listening.cluster.listen(() => undefined);
  const leaveWaiting = listening.cluster.waiting.follow();
  const top = new Top(context, listening.cluster, filter);
  top.open();
  try {
    await orInterrupted(top.left, interruption);
    return listening.wasLive ? exitCode.ok : exitCode.failed;
  } finally {
    top.close();
    leaveWaiting();
    leaveFeed();
    await listening.stop();
  }
};

class Top {
  readonly left: Promise<void>;
  private readonly leave: () => void;
  private readonly context: CommandContext;
  private readonly cluster: Cluster;
  private readonly screen: Screen;
  private readonly keyboard: NodeJS.ReadStream;
  private state: TopState;
  private view: TopView;
  private timer: NodeJS.Timeout | null = null;

  constructor(context: CommandContext, cluster: Cluster, filter: string) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.left = promise;
    this.leave = resolve;
    this.context = context;
    this.cluster = cluster;
    this.screen = new Screen(context.terminal, () => this.resumed());
    this.keyboard = context.input as NodeJS.ReadStream;
    this.state = firstState(filter);
    this.view = this.look();
  }

  open(): void {
    this.screen.open();
    this.keyboard.setRawMode(true);
    this.keyboard.setEncoding('utf8');
    this.keyboard.on('data', this.typed);
    this.keyboard.resume();
    process.stdout.on('resize', this.resized);
    this.timer = setInterval(() => this.tick(), everyMs);
    this.draw();
  }

  close(): void {
    if (this.timer) clearInterval(this.timer);
    process.stdout.off('resize', this.resized);
    this.keyboard.off('data', this.typed);
    this.keyboard.setRawMode(false);
    this.keyboard.pause();
    this.screen.close([]);
  }

  private look(): TopView {
    this.cluster.noteLook();
    return this.context.terminal.shown(topViewOf(this.cluster, this.state));
  }

  private tick(): void {
    if (!this.state.isPaused) this.view = this.look();
    this.draw();
  }

  private draw(): void {
    const { terminal } = this.context;
    const page = { width: terminal.width, height: terminal.height, paint: terminal.paint };
    const list = scrolled(listOf(this.state), keysOf(this.view, this.state), roomFor(page));
    this.state = withList(this.state, list);
    this.screen.draw(topScreen(this.view, this.state, page));
  }

  private readonly typed = (text: string | Buffer): void => {
    for (const key of readKeys(String(text))) {
      const room = roomFor({ height: this.context.terminal.height });
      const { state, effect } = press(this.state, key, { view: this.view, room });
      const isOther = state !== this.state;
      this.state = state;
      // What is asked for next is answered from what is there now, also while the picture is paused.
      if (isOther) this.view = this.look();
      if (effect) this.follow(effect);
    }
    this.draw();
  };

  private follow(effect: TopEffect): void {
    if (effect.kind === 'quit') this.leave();
    else if (effect.kind === 'redraw') this.screen.forget();
    else if (effect.kind === 'suspend') this.suspend();
    else if ('id' in effect) void this.act(effect);
  }

  private async act({ kind, id }: Extract<TopEffect, { readonly id: string }>): Promise<void> {
    this.tell(`${kind === 'retry' ? 'Retrying' : 'Revoking'} ${id} …`);
    const sentence = await act(this.cluster, kind, id);
    this.tell(this.context.terminal.outlet.sentence(sentence));
    this.draw();
  }

  private tell(message: string): void {
    this.state = { ...this.state, message };
  }

  /** As the shell expects it: its own screen and its own way of reading keys, until we are called back. */
  private suspend(): void {
    this.keyboard.setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  }

  private resumed(): void {
    this.keyboard.setRawMode(true);
    this.view = this.look();
    this.draw();
  }

  private readonly resized = (): void => {
    this.screen.forget();
    this.draw();
  };
}
