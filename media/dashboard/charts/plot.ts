import uPlot from 'uplot';
import type { Gap } from '../../../server/api/model.ts';
import { clock } from '../../page/times.ts';
import type { Span } from '../view.ts';
import { axisSteps, axisWord, rangeOf } from './axis.ts';
import type { ChartPanel } from './chartPanel.ts';
import { type Palette, readPalette } from './palette.ts';

/** What a chart tells of the pointer. */
export interface PlotEvents {
  /** Null: the pointer is elsewhere. */
  readonly pointed: (index: number | null) => void;
  readonly zoomed: (from: number, to: number) => void;
  readonly reset: () => void;
}

interface Drawn {
  readonly panel: ChartPanel;
  readonly gaps: readonly Gap[];
  readonly span: Span;
  readonly hidden: ReadonlySet<string>;
}

const syncKey = 'dashboard';
const height = 150;
/** Lines are told apart by their dashes too, not by colour alone. */
const dashes: readonly (number[] | null)[] = [null, [7, 3], [2, 3], [10, 3, 2, 3]];
const narrowestDrag = 6;

/** One chart on a canvas. It is made anew when its lines or the theme change; otherwise only its data move. */
export class Plot {
  private readonly place: HTMLElement;
  private readonly events: PlotEvents;
  private plot: uPlot | null = null;
  private palette: Palette | null = null;
  private shape = '';
  private drawn: Drawn;

  constructor(place: HTMLElement, events: PlotEvents, drawn: Drawn) {
    this.place = place;
    this.events = events;
    this.drawn = drawn;
  }

  draw(drawn: Drawn): void {
    this.drawn = drawn;
    const { panel, hidden, span } = drawn;
    const shape = JSON.stringify([panel.lines.map(({ key, color }) => [key, color]), [...hidden]]);
    if (!this.plot || shape !== this.shape) this.make(shape);
    this.plot?.batch(() => {
      this.plot?.setData(dataOf(panel), false);
      this.plot?.setScale('x', { min: span.from / 1000, max: span.to / 1000 });
    });
  }

  /** Another theme, with other colours. */
  repaint(): void {
    this.palette = null;
    this.make(this.shape);
  }

  resize(width: number): void {
    if (this.plot && width > 0 && width !== this.plot.width) this.plot.setSize({ width, height });
  }

  /** Moves the cursor by the keyboard; resolves with where it is. */
  step(by: number): number | null {
    const { plot } = this;
    const times = this.drawn.panel.times;
    if (!plot || times.length === 0) return null;
    const at = plot.cursor.idx ?? times.length - 1;
    const next = Math.max(0, Math.min(times.length - 1, at + by));
    const left = plot.valToPos((times[next] ?? 0) / 1000, 'x');
    plot.setCursor({ left, top: height / 2 });
    return next;
  }

  dispose(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private make(shape: string): void {
    this.plot?.destroy();
    this.shape = shape;
    this.palette ??= readPalette();
    const { panel, span } = this.drawn;
    this.plot = new uPlot(this.options(this.palette), dataOf(panel), this.place);
    this.plot.setScale('x', { min: span.from / 1000, max: span.to / 1000 });
  }

  private options(palette: Palette): uPlot.Options {
    const { panel, hidden } = this.drawn;
    const grid = { stroke: palette.grid, width: 1 };
    const axis = { stroke: palette.text, font: palette.font, grid, ticks: { show: false } };
    return {
      width: Math.max(120, this.place.clientWidth),
      height,
      legend: { show: false },
      scales: { x: { time: true }, y: { range: (_plot, min, max) => rangeOf(min, max, this.drawn.panel) } },
      axes: [
        { ...axis, space: 70, size: 24, values: (plot, splits) => splits.map((at) => clock(at * 1000, spanOf(plot))) },
        {
          ...axis,
          space: 30,
          size: 62,
          incrs: axisSteps(panel.unit),
          values: (_plot, splits) => splits.map((value) => axisWord(value, panel.unit)),
        },
      ],
      series: [
        {},
        ...panel.lines.map(({ label, color, key, isArea }, index) => ({
          label,
          show: !hidden.has(key),
          stroke: palette.colors[color],
          width: 1.5,
          ...(isArea ? { fill: `color-mix(in srgb, ${palette.colors[color]} 25%, transparent)` } : {}),
          dash: dashes[index % dashes.length] ?? [],
          points: { show: true, size: 4, filter: alone(panel.lines[index]?.values ?? []) },
        })),
      ],
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false, dist: narrowestDrag },
        sync: { key: syncKey, scales: ['x', null] },
        bind: {
          dblclick: () => () => {
            this.events.reset();
            return null;
          },
        },
      },
      hooks: {
        setCursor: [(plot) => this.events.pointed(plot.cursor.idx ?? null)],
        setSelect: [(plot) => this.select(plot)],
        drawAxes: [(plot) => this.drawGaps(plot, palette)],
        draw: [(plot) => this.drawThresholds(plot, palette)],
      },
    };
  }

  /** Dragging over one chart selects on all of them; each says the same. */
  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < narrowestDrag) return;
    const [from, to] = [plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.events.zoomed(from, to);
  }

  private drawGaps(plot: uPlot, palette: Palette): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.strokeStyle = palette.gap;
    ctx.fillStyle = palette.gap;
    for (const gap of this.drawn.gaps) {
      const left = plot.valToPos(gap.from / 1000, 'x', true);
      const right = Math.max(left + 2, plot.valToPos(gap.to / 1000, 'x', true));
      ctx.globalAlpha = 0.25;
      ctx.fillRect(left, bbox.top, right - left, bbox.height);
      ctx.globalAlpha = 0.7;
      hatch(ctx, left, right, bbox);
    }
    ctx.restore();
  }

  private drawThresholds(plot: uPlot, palette: Palette): void {
    const { ctx, bbox } = plot;
    const top = plot.scales['y']?.max ?? 0;
    const lineHeight = 12 * devicePixelRatio;
    let labelled = Number.POSITIVE_INFINITY;
    for (const { value, severity, label } of this.drawn.panel.thresholds.toSorted((a, b) => a.value - b.value)) {
      if (value > top) continue;
      const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
      ctx.save();
      ctx.strokeStyle =
        severity === 'critical' ? palette.critical : severity === 'info' ? palette.gap : palette.warning;
      ctx.fillStyle = palette.text;
      ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.font = palette.font.replace('11px', `${10 * devicePixelRatio}px`);
      ctx.textAlign = 'right';
      // A label that would lie on that of the line below is left out.
      if (labelled - y >= lineHeight) {
        const isAtTop = y - lineHeight < bbox.top;
        ctx.fillText(label, bbox.left + bbox.width - 4, y + (isAtTop ? lineHeight - 1 : -3 * devicePixelRatio));
        labelled = y;
      }
      ctx.restore();
    }
  }
}

/** A value between two unknown ones has no line to be seen by: it gets a point. */
const alone = (values: readonly (number | null)[]) => (): number[] => {
  const found: number[] = [];
  values.forEach((value, index) => {
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if (value !== null && isAlone) found.push(index);
  });
  return found;
};

const dataOf = ({ times, lines }: ChartPanel): uPlot.AlignedData => [
  times.map((at) => at / 1000),
  ...lines.map(({ values }) => [...values]),
];

const spanOf = (plot: uPlot): number => {
  const { min, max } = plot.scales['x'] ?? {};
  return ((max ?? 0) - (min ?? 0)) * 1000;
};

const hatch = (ctx: CanvasRenderingContext2D, left: number, right: number, bbox: uPlot.BBox): void => {
  const gap = 8 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - bbox.height; x < right; x += gap) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
};
