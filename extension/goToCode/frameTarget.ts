import { fieldOf } from '../commands/fieldOf.ts';

/** A step of a traceback, as a page or a link hands it over. */
export interface FrameTarget {
  readonly file: string;
  readonly line: number;
  /** Empty where it is not known. */
  readonly function: string;
}

/** Null: what was handed over is no frame. */
export const frameTarget = (value: unknown): FrameTarget | null => {
  const file = fieldOf(value, 'file');
  const line = fieldOf(value, 'line');
  const name = fieldOf(value, 'function');
  if (typeof file !== 'string' || file === '') return null;
  if (typeof line !== 'number' || !Number.isInteger(line) || line < 1) return null;
  return { file, line, function: typeof name === 'string' ? name : '' };
};
