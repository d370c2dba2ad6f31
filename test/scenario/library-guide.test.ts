import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const AUDIT = '/etc/kubernetes/audit';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-library-guide-'));
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(TOP, join(dir, 'node_modules/setpoint'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const real = join(dir, 'root', path);
  mkdirSync(dirname(real), { recursive: true });
  writeFileSync(real, text);
}

const read = (path: string): string => readFileSync(join(dir, 'root', path), 'utf8');

it('the example of the guide runs as it stands there, and does what its comments say', async () => {
  const guide = readFileSync(join(TOP, 'docs/guide/library.md'), 'utf8');
  const [, example = ''] = /^```js\n(.*?)^```$/ms.exec(guide) ?? [];
  writeFileSync(join(dir, 'example.mjs'), example);
  write('/etc/hostname', 'cp-1\n');
  write(`${AUDIT}/webhook.yaml`, 'timeout: 1\n');
  write(`${AUDIT}/old.yaml`, 'old\n');
  write(`${AUDIT}/unused.yaml`, 'unused\n');
  write(`${AUDIT}/generation`, '41\n');
  mkdirSync(dirname(join(dir, 'root', MANIFEST)), { recursive: true });
  cpSync(join(TOP, 'fixtures/manifests/kubeadm-kube-apiserver.yaml'), join(dir, 'root', MANIFEST));
  const env = { PATH: process.env['PATH'], ROOT: join(dir, 'root') };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(dir, 'example.mjs')],
    { env },
  );
  expect(stderr).toBe('');
  expect(stdout).toContain('--audit-log-maxage null -> 30');
  expect(read(MANIFEST)).toContain('- --audit-log-maxage=30\n');
  expect(read(`${AUDIT}/policy.yaml`)).toContain('kind: Policy');
  expect(read(`${AUDIT}/webhook.yaml`)).toBe('timeout: 5\n');
  expect(read(`${AUDIT}/attic/old.yaml`)).toBe('old\n');
  expect(read(`${AUDIT}/generation`)).toBe('42\n');
  expect(() => read(`${AUDIT}/unused.yaml`)).toThrow('ENOENT');
});
