import { t } from '@vscode/l10n';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FilterKind } from '../../../server/api/dashboard.ts';
import type { Gap } from '../../../server/api/model.ts';
import { inUnit } from '../../page/inUnit.ts';
import { clock } from '../../page/times.ts';
import type { Span } from '../view.ts';
import type { ChartPanel } from './chartPanel.ts';
import { onThemeChange } from './palette.ts';
import { Plot } from './plot.ts';
import { gapSentence, isEmpty, sentenceOf } from './sentence.ts';

interface ChartProps {
  readonly panel: ChartPanel;
  readonly gaps: readonly Gap[];
  readonly span: Span;
  readonly onZoom: (from: number, to: number) => void;
  readonly onReset: () => void;
  readonly onFilter: (kind: FilterKind, name: string) => void;
}

/** A chart, its legend with the figures under the pointer, and the same in words. */
export const Chart = ({ panel, gaps, span, onZoom, onReset, onFilter }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const acts = useRef({ onZoom, onReset });
  acts.current = { onZoom, onReset };

  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const drawn = new Plot(
      place.current,
      {
        pointed: setPointed,
        zoomed: (from, to) => acts.current.onZoom(from, to),
        reset: () => acts.current.onReset(),
      },
      { panel, gaps, span, hidden },
    );
    plot.current = drawn;
    const observer = new ResizeObserver(([entry]) => drawn.resize(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(place.current);
    const leaveTheme = onThemeChange(() => drawn.repaint());
    return () => {
      observer.disconnect();
      leaveTheme();
      drawn.dispose();
    };
  }, []);
  useEffect(() => plot.current?.draw({ panel, gaps, span, hidden }), [panel, gaps, span, hidden]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys(event.key, span);
    if (!act) return;
    event.preventDefault();
    if (act.kind === 'step') setPointed(plot.current?.step(act.by) ?? null);
    else if (act.kind === 'zoom') onZoom(act.from, act.to);
    else onReset();
  };
  const at = pointed === null ? undefined : panel.times[pointed];
  const gap =
    at === undefined ? undefined : gaps.find(({ from, to }) => at + panel.stepSeconds * 1000 > from && at < to);
  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  return (
    <>
      <div
        class="plot"
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move along the chart.
        tabIndex={0}
        role="img"
        aria-label={sentenceOf(panel, gaps)}
        aria-roledescription={t('chart')}
        onKeyDown={onKeyDown}
      />
      {isEmpty(panel) && <p class="empty">{panel.empty}</p>}
      <Legend panel={panel} pointed={pointed} hidden={hidden} onToggle={toggle} onFilter={onFilter} />
      <p class="readout" aria-live="polite">
        {at === undefined ? panel.note : gap ? gapSentence(gap) : clock(at, span.to - span.from)}
      </p>
    </>
  );
};

type KeyAct =
  | { readonly kind: 'step'; readonly by: number }
  | { readonly kind: 'zoom'; readonly from: number; readonly to: number }
  | { readonly kind: 'reset' };

const keys = (key: string, { from, to }: Span): KeyAct | null => {
  const quarter = (to - from) / 4;
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'step', by: -1 };
    case 'ArrowRight':
      return { kind: 'step', by: 1 };
    case 'Home':
      return { kind: 'step', by: Number.NEGATIVE_INFINITY };
    case 'End':
      return { kind: 'step', by: Number.POSITIVE_INFINITY };
    case '+':
    case '=':
      return { kind: 'zoom', from: from + quarter, to: to - quarter };
    case '-':
    case 'Escape':
      return { kind: 'reset' };
    default:
      return null;
  }
};

interface LegendProps {
  readonly panel: ChartPanel;
  readonly pointed: number | null;
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onFilter: ChartProps['onFilter'];
}

const Legend = ({ panel, pointed, hidden, onToggle, onFilter }: LegendProps) => (
  <ul class="legend">
    {panel.lines.map(({ key, label, color, values, filter }, index) => {
      const value = pointed === null ? values.findLast((each) => each !== null) : values[pointed];
      const act = filter
        ? { title: t('Filter by {0}', label), onClick: () => onFilter(filter.kind, filter.name) }
        : { title: t('Show or hide {0}', label), onClick: () => onToggle(key), 'aria-pressed': !hidden.has(key) };
      return (
        <li key={key}>
          <button type="button" class={hidden.has(key) ? 'entry off' : 'entry'} {...act}>
            <span class={`swatch ${color} dash${index % 4}`} aria-hidden="true" />
            <span class="name">{label}</span> <span class="value">{inUnit(value, panel.unit)}</span>
          </button>
        </li>
      );
    })}
  </ul>
);
