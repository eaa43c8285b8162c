import { runScript, say } from './say.ts';
import { packageExtension } from './setup/packageExtension.ts';

await runScript(async () => {
  const { file, bytes } = await packageExtension();
  say(`${file} is ready: ${(bytes / 1024).toFixed(0)} KB`);
  return 0;
});
