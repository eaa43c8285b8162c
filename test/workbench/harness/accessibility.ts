import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FrameLocator } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** The little of the page that is used here (the tests are compiled without the DOM's types). */
interface Body {
  readonly ownerDocument: {
    createElement(name: string): { nonce: string; textContent: string };
    querySelector(selector: string): { readonly nonce: string } | null;
    readonly head: { append(element: unknown): void };
    readonly defaultView: { readonly axe?: { run(): Promise<{ readonly violations: readonly Finding[] }> } };
  };
}

/** What axe finds serious or critical on a page of ours, one line each. It is let in by the page's own nonce. */
export const seriousFindings = async (page: FrameLocator): Promise<readonly string[]> => {
  const findings = await page.locator('body').evaluate(async (body: Body, axe) => {
    const { ownerDocument: document } = body;
    if (!document.defaultView.axe) {
      const script = document.createElement('script');
      script.nonce = document.querySelector('script[nonce]')?.nonce ?? '';
      script.textContent = axe;
      document.head.append(script);
    }
    return (await document.defaultView.axe?.run())?.violations ?? null;
  }, source);
  if (findings === null) throw new Error('axe did not get into the page');
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
};
