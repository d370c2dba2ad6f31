import { chmod, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type HostFixture = 'control-plane' | 'demo' | 'etcd';

const HOSTS = fileURLToPath(new URL('../../../fixtures/hosts/', import.meta.url));

/** Copies a fixture host to `root` and fills in `@NAME@` in its manifests; `@ROOT@` is always `root`. */
export async function copyHost(
  fixture: HostFixture,
  root: string,
  values: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await cp(join(HOSTS, fixture), root, { recursive: true });
  await mkdir(join(root, 'var/lib'), { recursive: true });
  const manifests = join(root, 'etc/kubernetes/manifests');
  for (const name of await readdir(manifests)) {
    const file = join(manifests, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, fill(text, { ROOT: root, ...values }));
    // As kubeadm leaves them; git keeps only the executable bit.
    await chmod(file, 0o600);
  }
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/@([A-Z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the fixture needs a value for @${name}@`);
    return String(value);
  });
}
