import type { FrameLocator } from 'playwright-core';

/** The little of the page that is used here (the tests are compiled without the DOM's types). */
interface Body {
  readonly ownerDocument: {
    readonly defaultView: {
      requestAnimationFrame(next: (at: number) => void): void;
      addEventListener(name: 'message', heard: () => void): void;
      removeEventListener(name: 'message', heard: () => void): void;
    };
  };
}

/** The time from each frame to the next, inside the page, and how many messages it was sent. */
export const watchFrames = (page: FrameLocator, seconds: number): Promise<{ frames: number[]; messages: number }> =>
  page.locator('body').evaluate(
    ({ ownerDocument }: Body, limitMs) =>
      new Promise<{ frames: number[]; messages: number }>((resolve) => {
        const view = ownerDocument.defaultView;
        const frames: number[] = [];
        let messages = 0;
        const heard = (): void => {
          messages += 1;
        };
        view.addEventListener('message', heard);
        let first = -1;
        let last = -1;
        const next = (at: number): void => {
          if (last >= 0) frames.push(at - last);
          else first = at;
          last = at;
          if (at - first < limitMs) {
            view.requestAnimationFrame(next);
            return;
          }
          view.removeEventListener('message', heard);
          resolve({ frames, messages });
        };
        view.requestAnimationFrame(next);
      }),
    seconds * 1000,
    { timeout: seconds * 1000 + 60_000 },
  );
