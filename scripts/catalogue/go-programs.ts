/** Compiles programs/ against published Go modules and runs what comes out. Needs Go and a module proxy, and some minutes. */
import { chmod, copyFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const PROGRAMS = fileURLToPath(new URL('programs', import.meta.url));
const MODULE = 'setpoint.invalid/catalogue';
export const KUBERNETES = 'k8s.io/kubernetes';
export const ETCD = 'go.etcd.io/etcd/server/v3';

/** One program a component: feature gates are registered process-wide. Writes `out/<component>.json` in `dir`. */
export async function printKubernetes(dir: string, version: string): Promise<void> {
  await cp(join(PROGRAMS, 'kubernetes'), dir, { recursive: true });
  const published = await readFile((await download(dir, KUBERNETES, version)).GoMod, 'utf8');
  // The staging modules are published for each release, as 0.34.4 for 1.34.4; the release itself names them v0.0.0.
  const replaced = [...published.matchAll(/^\s+(k8s\.io\/\S+) v0\.0\.0$/gm)].map(
    ([, name]) => `replace ${name} => ${name} v${version.replace(/^1\./, '0.')}`,
  );
  await writeModule(dir, { name: KUBERNETES, version, published, rest: replaced });
  await build(
    dir,
    './kube-apiserver ./kube-controller-manager ./kube-scheduler ./kubelet ./kube-proxy',
  );
}

/** etcd makes its flag set in a function that is not exported: the printing file goes into a copy of that package. */
export async function printEtcd(dir: string, version: string): Promise<void> {
  const { Dir: source, GoMod } = await download(dir, ETCD, version);
  const server = join(dir, 'server');
  await cp(source, server, { recursive: true });
  // The module cache is read-only.
  await execa('chmod', ['-R', 'u+w', server]);
  const gates = version.startsWith('3.5.') ? 'print_no_gates.go' : 'print_gates.go';
  for (const file of ['print_flags.go', gates]) {
    await copyFile(join(PROGRAMS, 'etcd/etcdmain', file), join(server, 'etcdmain', file));
  }
  await mkdir(join(dir, 'etcd'));
  await copyFile(join(PROGRAMS, 'etcd/main.go'), join(dir, 'etcd/main.go'));
  const published = await readFile(GoMod, 'utf8');
  await writeModule(dir, {
    name: ETCD,
    version,
    published,
    rest: [`replace ${ETCD} => ./server`],
  });
  await build(dir, './etcd');
}

interface Downloaded {
  readonly Dir: string;
  readonly GoMod: string;
}

async function download(dir: string, name: string, version: string): Promise<Downloaded> {
  const { stdout } = await execa('go', ['mod', 'download', '-json', `${name}@v${version}`], {
    cwd: dir,
  });
  return JSON.parse(stdout) as Downloaded;
}

async function writeModule(
  dir: string,
  of: {
    readonly name: string;
    readonly version: string;
    readonly published: string;
    readonly rest: readonly string[];
  },
): Promise<void> {
  const go = /^go (\S+)$/m.exec(of.published)?.[1] ?? '1.22.0';
  const head = [`module ${MODULE}`, `go ${go}`, `require ${of.name} v${of.version}`];
  await writeFile(join(dir, 'go.mod'), `${[...head, ...of.rest].join('\n\n')}\n`);
}

async function build(dir: string, packages: string): Promise<void> {
  const go = { cwd: dir, env: { GOFLAGS: '-mod=mod' }, stdio: 'inherit' } as const;
  await execa('go', ['mod', 'tidy'], go);
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await execa('go', ['build', '-ldflags=-s -w', '-o', bin, ...packages.split(' ')], go);
  await mkdir(join(dir, 'out'));
  for (const program of await readdir(bin)) {
    await chmod(join(bin, program), 0o755);
    const { stdout } = await execa(join(bin, program));
    await writeFile(join(dir, 'out', `${program}.json`), stdout);
  }
}
