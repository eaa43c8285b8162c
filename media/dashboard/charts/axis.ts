import { shortCount } from '../../../server/api/figures.ts';
import { inUnit, type Unit } from '../../page/inUnit.ts';
import type { ChartPanel } from './chartPanel.ts';

/** Room above the highest line. */
const headroom = 1.12;
const smallestRate = 0.1;

/** From where to where the axis of a chart reaches. */
export const rangeOf = (min: number | null, max: number | null, panel: ChartPanel): [number, number] => {
  const { unit, thresholds, scale } = panel;
  const [lowest, highest] = [min ?? 0, max ?? 0];
  if (scale === 'symmetric') {
    const reach = roundUp(Math.max(-lowest, highest, smallestRate));
    return [-reach, reach];
  }
  const bottom = lowest < 0 ? lowest * headroom : 0;
  if (scale === 'fit') {
    const top = Math.max(highest, ...thresholds.map(({ value }) => value)) * headroom;
    return [bottom, top > 0 ? (unit === 'share' ? Math.min(1, top) : top) : 1];
  }
  if (unit === 'share') return [bottom, Math.max(1, highest)];
  // A line that is far below its threshold is not pressed flat by it.
  const near = thresholds.map(({ value }) => value).filter((value) => value <= highest * 2);
  const top = Math.max(highest, ...near) * headroom;
  return [bottom, top > 0 ? top : 1];
};

/** The next of 1, 2 or 5 times a power of ten, so that both ends of the axis are marked. */
const roundUp = (value: number): number =>
  decades(Math.floor(Math.log10(value)), Math.floor(Math.log10(value)) + 1).find((each) => each >= value) ?? value;

const decades = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)).flatMap((one) => [one, 2 * one, 5 * one]);

const binary = (shift: number): readonly number[] => Array.from({ length: 10 }, (_, index) => 2 ** (shift + index));

const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];

/** How far apart the marks of an axis may be, so that each is a round figure in its unit. */
export const axisSteps = (unit: Unit): number[] => {
  switch (unit) {
    case 'count':
      return [...decades(0, 9)];
    case 'seconds':
      return [...decades(-5, -1), ...clockSteps, ...decades(5, 8)];
    case 'bytes':
      return [...binary(10), ...binary(20), ...binary(30), ...binary(40)];
    case 'share':
    case 'perSecond':
      return [...decades(-5, 9)];
    default:
      return unit satisfies never;
  }
};

export const axisWord = (value: number, unit: Unit): string =>
  unit === 'count' ? shortCount(value) : inUnit(value, unit);
