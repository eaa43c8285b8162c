import { statusOf, viewOf } from '../../../desk/clusterStatus.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { interrupted, orInterrupted } from '../interruption.ts';
import { LinkTalk } from '../linkTalk.ts';
import { type Listening, listen } from '../listening.ts';
import { Screen } from '../screen.ts';
import { statusScreen } from '../statusScreen.ts';

const everyMs = 1_000;
const beatsEveryMs = 15_000;
const noWorkerYet = 'No worker has reported yet. Start one: celery -A YOUR_APP worker -E';

/** Draws the status once a second until it is interrupted; a broker that is away is shown and waited for. */
export const watchStatus: RunCommand = async (context) => {
  const { terminal, options, interruption } = context;
  const ownsScreen = terminal.isScreen && !options.json;
  // On the screen itself the reason stands above the workers; stderr would write across it.
  const talk = ownsScreen ? null : new LinkTalk(terminal);
  const listening = await listen(context, { onLink: (link) => talk?.note(link) });
  const show = ownsScreen ? await openScreen(context, listening) : openLines(context, listening);
  const leaveWaiting = listening.cluster.waiting.follow();
  const timer = setInterval(show.draw, everyMs);
  void listening.live.then(() => listening.lookForBeats());
  const beatTimer = setInterval(() => listening.lookForBeats(), beatsEveryMs);
  try {
    await orInterrupted(
      listening.firstLink.catch(() => undefined),
      interruption,
    );
    await orInterrupted(firstAnswer(listening), interruption);
    show.draw();
    await interrupted(interruption);
    return listening.wasLive ? exitCode.ok : exitCode.failed;
  } finally {
    clearInterval(timer);
    clearInterval(beatTimer);
    leaveWaiting();
    talk?.end();
    show.close();
    await listening.stop();
  }
};

/** Workers answer within milliseconds; the first picture should have them. */
const firstAnswer = async ({ called }: Listening): Promise<void> => {
  await called.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
};

interface Show {
  readonly draw: () => void;
  readonly close: () => void;
}

const openScreen = async ({ terminal }: CommandContext, listening: Listening): Promise<Show> => {
  const screen = new Screen(terminal);
  const lines = (): string[] => {
    const view = terminal.shown(viewOf(listening.cluster));
    const isAlone = view.snapshot.link.kind === 'live' && Object.keys(view.snapshot.workers).length === 0;
    return [...statusScreen(view, terminal.page), ...(isAlone ? ['', noWorkerYet] : [])];
  };
  const draw = (): void => screen.draw(lines());
  const redraw = (): void => {
    screen.forget();
    draw();
  };
  process.stdout.on('resize', redraw);
  screen.open();
  draw();
  return {
    draw,
    close: () => {
      process.stdout.off('resize', redraw);
      // What was last seen stays on the ordinary screen.
      screen.close(lines());
    },
  };
};

/** Where nobody looks at a screen: one picture after another, or one JSON object a line. */
const openLines = ({ terminal, options }: CommandContext, listening: Listening): Show => ({
  draw: () => {
    const view = terminal.shown(viewOf(listening.cluster));
    if (options.json) return terminal.json(statusOf(view));
    for (const line of statusScreen(view, { ...terminal.page, height: Number.POSITIVE_INFINITY })) terminal.line(line);
    terminal.line();
  },
  close: () => undefined,
});
