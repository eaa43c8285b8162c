import { phrase, type Worded, worded } from '../../server/api/phrase.ts';

/** Words of a broker that have no code of their own. */
export const plainWords = (text: string): Worded => worded(phrase('plain', { text }));
