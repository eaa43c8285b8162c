import { messageOf } from '../api/errors.ts';
import type { Family } from '../metrics/exposition.ts';
import type { Outlet } from '../outlet/outlet.ts';
import { otlpMetrics } from './otlpMetrics.ts';
import type { Span } from './taskSpans.ts';

export interface OtlpOptions {
  /** The receiver's address without `/v1/…`, such as http://localhost:4318. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What every span and figure is said to come from. */
  readonly resource: Readonly<Record<string, string>>;
  readonly version: string;
  readonly families: () => readonly Family[];
  /** What a receiver may have of it. */
  readonly outlet: Outlet;
  readonly log: (sentence: string) => void;
  readonly now: () => number;
}

const spansEveryMs = 2_000;
const metricsEveryMs = 15_000;
const spansAtOnce = 512;
const spanLimit = 4_096;
const sendWithinMs = 5_000;

/** Sends spans and figures by OTLP over HTTP with JSON. What the receiver does not take in time is dropped and counted. */
export class OtlpExporter {
  private readonly options: OtlpOptions;
  private readonly startedAt: number;
  private readonly waiting: Span[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private sending: Promise<void> = Promise.resolve();
  private isSending = false;
  private told: string | null = null;
  droppedSpans = 0;

  constructor(options: OtlpOptions) {
    this.options = options;
    this.startedAt = options.now();
  }

  start(): void {
    this.timers.push(
      setInterval(() => this.sendSpans(), spansEveryMs),
      setInterval(() => this.sendMetrics(), metricsEveryMs),
    );
  }

  add(spans: readonly Span[]): void {
    for (const span of spans) {
      if (this.waiting.length >= spanLimit) this.droppedSpans += 1;
      else this.waiting.push(span);
    }
    if (this.waiting.length >= spansAtOnce) this.sendSpans();
  }

  /** Sends what waits, once. */
  async stop(): Promise<void> {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    await this.sending;
    this.sendSpans();
    await this.sending;
    await this.postMetrics();
  }

  private sendSpans(): void {
    if (this.isSending || this.waiting.length === 0) return;
    this.isSending = true;
    this.sending = this.drain().finally(() => {
      this.isSending = false;
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const spans = this.waiting.splice(0, spansAtOnce);
      const scope = { name: 'celeriac', version: this.options.version };
      const isTaken = await this.post('traces', {
        resourceSpans: [{ resource: this.resource(), scopeSpans: [{ scope, spans }] }],
      });
      if (isTaken) continue;
      this.droppedSpans += spans.length;
      return;
    }
  }

  private sendMetrics(): void {
    void this.postMetrics();
  }

  private async postMetrics(): Promise<void> {
    const { families, version, now } = this.options;
    const metrics = otlpMetrics(families(), this.startedAt, now());
    const scope = { name: 'celeriac', version };
    await this.post('metrics', {
      resourceMetrics: [{ resource: this.resource(), scopeMetrics: [{ scope, metrics }] }],
    });
  }

  private resource(): object {
    const attributes = Object.entries(this.options.resource).map(([key, text]) => ({
      key,
      value: { stringValue: text },
    }));
    return { attributes };
  }

  private async post(kind: 'traces' | 'metrics', body: object): Promise<boolean> {
    const { url, headers, outlet } = this.options;
    try {
      const answer = await fetch(`${url.replace(/\/$/, '')}/v1/${kind}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(outlet.answer(body)),
        signal: AbortSignal.timeout(sendWithinMs),
      });
      await answer.arrayBuffer();
      if (!answer.ok) return this.failed(`it answered with status ${answer.status}`);
      this.told = null;
      return true;
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return this.failed(messageOf(cause));
    }
  }

  /** Said once, not every two seconds. */
  private failed(reason: string): false {
    if (reason !== this.told)
      this.options.log(
        `The OpenTelemetry endpoint did not accept the data: ${reason}. Data that it does not accept is dropped.`,
      );
    this.told = reason;
    return false;
  }
}
