import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../../scripts/setup/debian.ts';
import { execute } from './execute.ts';
import { LabLacks } from './labLacks.ts';

/** An authority of the lab's own and one certificate of it, good for a server and for a client on this machine. */
export interface Certificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export const makeCertificates = async (folder: string): Promise<Certificates> => {
  const openssl = await findCommand('openssl');
  if (openssl === undefined) throw new LabLacks('openssl is not installed (Debian: apt-get install openssl)');
  const at = (name: string) => join(folder, name);
  const run = async (args: readonly string[]) => {
    const done = await execute(openssl, args);
    if (done.code !== 0) throw new Error(`openssl ${args[0]} failed: ${done.stderr}`);
  };
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-x509', '-days', '2', '-subj', '/CN=Celeriac lab authority'];
  await run(['req', ...authority, ...newKey, '-keyout', at('ca.key'), '-out', at('ca.pem')]);
  await run(['req', '-subj', '/CN=localhost', ...newKey, '-keyout', at('lab.key'), '-out', at('lab.csr')]);
  writeFileSync(at('lab.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n');
  const serial = `0x${randomBytes(8).toString('hex')}`;
  const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', serial, '-extfile', at('lab.ext')];
  await run(['x509', '-req', '-days', '2', '-in', at('lab.csr'), ...signing, '-out', at('lab.pem')]);
  chmodSync(at('lab.key'), 0o600);
  return { caFile: at('ca.pem'), certFile: at('lab.pem'), keyFile: at('lab.key') };
};
