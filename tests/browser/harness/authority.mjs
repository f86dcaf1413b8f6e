/** A certificate authority of the test's own, which no laptop made. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from './folder.mjs';

const run = promisify(execFile);
const fresh = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** The files of an `authority`, and the `certificate` and `key` that it gave to this machine. */
export async function ownAuthority(t) {
  const folder = await temporaryFolder(t, 'authority');
  const [authority, authorityKey] = [join(folder, 'authority.pem'), join(folder, 'authority.key')];
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'certificate.key')];
  const make = (name, to, toKey, ...more) => {
    const what = ['-subj', `/CN=${name}`, '-days', '30', '-out', to, '-keyout', toKey];
    const extensions = more.flatMap((one) => (one.includes('=') ? ['-addext', one] : [one]));
    return run('openssl', ['req', ...fresh, ...what, ...extensions]);
  };
  const signs = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
  await make('Another authority', authority, authorityKey, ...signs);
  const serves = ['basicConstraints=critical,CA:FALSE', 'subjectAltName=IP:127.0.0.1'];
  await make('127.0.0.1', certificate, key, '-CA', authority, '-CAkey', authorityKey, ...serves);
  return { authority, certificate, key };
}
