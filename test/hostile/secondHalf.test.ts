import { hostileShard } from './hostileShard.ts';

hostileShard(1);
