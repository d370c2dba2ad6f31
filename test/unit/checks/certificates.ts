import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A temporary folder with certificate authorities and leaf certificates, made by the openssl command. */
export class Certificates {
  readonly dir = mkdtempSync(path.join(os.tmpdir(), 'setpoint-checks-'));

  authority(name: string): void {
    const subject = ['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.crt`];
    this.#openssl('req', '-x509', ...NEW_KEY, '-days', '2', ...subject);
  }

  /** `names` as openssl writes them: `IP:127.0.0.1`, `DNS:localhost`. */
  leaf(name: string, authority: string, names: string): void {
    const subject = ['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`];
    this.#openssl('req', ...NEW_KEY, ...subject);
    writeFileSync(path.join(this.dir, `${name}.ext`), `subjectAltName=${names}\n`);
    const signer = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
    const files = ['-in', `${name}.csr`, '-out', `${name}.crt`, '-extfile', `${name}.ext`];
    this.#openssl('x509', '-req', '-days', '2', ...signer, ...files);
  }

  read(file: string): Buffer {
    return readFileSync(path.join(this.dir, file));
  }

  base64(file: string): string {
    return this.read(file).toString('base64');
  }

  write(file: string, text: string | Buffer): void {
    writeFileSync(path.join(this.dir, file), text);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.dir, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
