import { join } from 'node:path';
import { keepCompiled } from './keepCompiled.ts';

keepCompiled();
require(join(__dirname, 'server', 'main.js'));
