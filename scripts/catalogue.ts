/**
 * Writes src/catalogue/data/<component>/<minor>.json: `npm run catalogue -- kubernetes 1.34.4`, `etcd 3.6.16` (compiled from their Go
 * modules), `etcd 3.4` (the installed binary). With a third word, a directory of printed facts, nothing is compiled. Then `npm run generate`.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogueFile } from './catalogue/catalogue-file.ts';
import { COMPONENTS } from '../src/catalogue/flag-facts.ts';
import { catalogueFilePath, catalogueFileText } from './catalogue/catalogue-file.ts';
import { debianOrigin, etcdBinaryFlags } from './catalogue/etcd-binary.ts';
import { ETCD, KUBERNETES, printEtcd, printKubernetes } from './catalogue/go-programs.ts';
import type { PrintedFacts } from './catalogue/printed-facts.ts';
import { catalogueOf } from './catalogue/printed-facts.ts';
import { minorVersion } from '../src/catalogue/minor-version.ts';

const DATA = fileURLToPath(new URL('../src/catalogue/data', import.meta.url));
const [product, version = '', printedDir] = process.argv.slice(2);
const minor = minorVersion(version);
const generator = `npm run catalogue -- ${product} ${version}`;

if (minor === null || (product !== 'kubernetes' && product !== 'etcd')) {
  console.error('usage: npm run catalogue -- kubernetes|etcd VERSION [PRINTED-DIRECTORY]');
  process.exitCode = 64;
} else if (product === 'etcd' && version === '3.4') {
  await write({
    component: 'etcd',
    version: minor,
    origin: await debianOrigin('etcd-server'),
    generator,
    flags: await etcdBinaryFlags('/usr/bin/etcd'),
    featureGates: {},
    admissionPlugins: [],
  });
} else if (printedDir !== undefined) {
  await writePrinted(product, minor, printedDir);
} else {
  const dir = await mkdtemp(join(tmpdir(), 'catalogue-'));
  try {
    await (product === 'etcd' ? printEtcd : printKubernetes)(dir, version);
    await writePrinted(product, minor, join(dir, 'out'));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function writePrinted(
  product: 'kubernetes' | 'etcd',
  minor: string,
  printed: string,
): Promise<void> {
  const origin = `Go module ${product === 'etcd' ? ETCD : KUBERNETES} v${version}`;
  for (const component of COMPONENTS.filter((name) => (name === 'etcd') === (product === 'etcd'))) {
    const text = await readFile(join(printed, `${component}.json`), 'utf8');
    const head = { component, version: minor, origin, generator };
    await write(catalogueOf(head, JSON.parse(text) as PrintedFacts));
  }
}

async function write(file: CatalogueFile): Promise<void> {
  const path = join(DATA, catalogueFilePath(file));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, catalogueFileText(file));
  console.log(`written: ${path}`);
}
