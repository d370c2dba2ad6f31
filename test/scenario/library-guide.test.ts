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

/** The first block of that language in a page of the guide. */
function exampleOf(page: string, language: string): string {
  const text = readFileSync(join(TOP, 'docs/guide', page), 'utf8');
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1] ?? '';
}

async function runExample(page: string): Promise<{ stdout: string; stderr: string }> {
  writeFileSync(join(dir, 'example.mjs'), exampleOf(page, 'js'));
  const env = { PATH: process.env['PATH'], ROOT: join(dir, 'root') };
  return promisify(execFile)(process.execPath, [join(dir, 'example.mjs')], { env });
}

it('the example of the guide runs as it stands there, and does what its comments say', async () => {
  write('/etc/hostname', 'cp-1\n');
  write(`${AUDIT}/webhook.yaml`, 'timeout: 1\n');
  write(`${AUDIT}/old.yaml`, 'old\n');
  write(`${AUDIT}/unused.yaml`, 'unused\n');
  write(`${AUDIT}/generation`, '41\n');
  mkdirSync(dirname(join(dir, 'root', MANIFEST)), { recursive: true });
  cpSync(join(TOP, 'fixtures/manifests/kubeadm-kube-apiserver.yaml'), join(dir, 'root', MANIFEST));
  const { stdout, stderr } = await runExample('library.md');
  expect(stderr).toBe('');
  expect(stdout).toContain('--audit-log-maxage null -> 30');
  expect(read(MANIFEST)).toContain('- --audit-log-maxage=30\n');
  expect(read(`${AUDIT}/policy.yaml`)).toContain('kind: Policy');
  expect(read(`${AUDIT}/webhook.yaml`)).toBe('timeout: 5\n');
  expect(read(`${AUDIT}/attic/old.yaml`)).toBe('old\n');
  expect(read(`${AUDIT}/generation`)).toBe('42\n');
  expect(() => read(`${AUDIT}/unused.yaml`)).toThrow('ENOENT');
});

it('the examples of the page on documents run as they stand there', async () => {
  const jobs = '/etc/app/jobs.yaml';
  write('/etc/hostname', 'cp-1\n');
  const text = 'jobs:\n  - name: backup # nightly\n    at: "0 3 * * *"\n';
  write(jobs, text);
  const { stdout, stderr } = await runExample('documents.md');
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^[0-9a-f]{64} [0-9A-Z]{26}\n$/);
  const added = '  - name: report\n    at: "0 6 * * 1"\n';
  expect(read(jobs)).toBe(`${text.replace('0 3', '0 4')}${added}`);
  const place = `--root '${join(dir, 'root')}'`;
  const commands = exampleOf('documents.md', 'sh')
    .replaceAll(/\bsetpoint (doc \w+)/g, `'${process.execPath}' '${TOP}bin/run.js' $1 ${place}`)
    .replaceAll('--from /etc', `--from '${join(dir, 'root')}'/etc`);
  const ran = await promisify(execFile)('sh', ['-euc', commands]);
  expect(ran.stdout).toMatch(/^"0 4 \* \* \*"\n/);
  expect(read(jobs)).toBe('jobs: []\n');
  expect(read('/etc/app/new.json')).toBe('{\n  "jobs": []\n}\n');
});
