import { hostileShard } from './hostileShard.ts';

hostileShard(0);
