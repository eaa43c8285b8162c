import type { AlertUnit } from './health.ts';

/** A figure whose unit is only known when the sentence is made. */
export interface Figure {
  readonly figure: number;
  readonly unit: AlertUnit;
}

/** What a hole of a template such as `{share:percent}` takes. A hole without a kind takes a text. */
interface Kinds<Phrase> {
  readonly text: string;
  readonly count: number;
  readonly decimal: number;
  readonly duration: number;
  readonly percent: number;
  readonly bytes: number;
  readonly rate: number;
  readonly figure: Figure;
  readonly phrase: Phrase;
}

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;
type NameOf<Hole extends string> = Hole extends `${infer Name}:${string}` ? Name : Hole;
type KindOf<Hole extends string> = Hole extends `${string}:${infer Kind}` ? Kind : 'text';

/** What has to be given for a template, by the names of its holes. */
export type Values<Text extends string, Phrase> = {
  readonly [Hole in Holes<Text> as NameOf<Hole>]: KindOf<Hole> extends keyof Kinds<Phrase>
    ? Kinds<Phrase>[KindOf<Hole>]
    : never;
};
