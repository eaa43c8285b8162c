import { packageExtension } from '../../../scripts/setup/packageExtension.ts';

/** The VSIX under test: the one that CELERIAC_VSIX names, or else one made of the sources as they are. */
export const packagedExtension = async (): Promise<string> =>
  process.env.CELERIAC_VSIX ?? (await packageExtension()).file;
