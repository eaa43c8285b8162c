import { joinAreas } from '../../requests/joinAreas.ts';
import { codeArea } from './code.ts';
import { discoveryArea } from './discovery.ts';
import { languageArea } from './language.ts';

/** What reads the files of a workspace and knows no cluster. */
export const workspaceAreas = () => joinAreas(discoveryArea, languageArea(), codeArea());
