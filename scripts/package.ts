import { runScript, say } from './say.ts';
import { packageCli } from './setup/packageCli.ts';
import { packageExtension } from './setup/packageExtension.ts';

/** Packs the extension for VS Code and the command line for npm. */
await runScript(async () => {
  for (const pack of [packageExtension, packageCli]) {
    const { file, bytes } = await pack();
    say(`${file} is ready: ${(bytes / 1024).toFixed(0)} KB`);
  }
  return 0;
});
