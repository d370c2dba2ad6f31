import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { KnownFlag } from '../../../catalogue/flag-facts.ts';
import type { DesiredItem } from '../../../model/item.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../model/plan-file.ts';
import { checkFlagName, checkFlagValue, checkPart } from './check-flag.ts';
import type { Container } from '../pod/container.ts';
import { canonicalFlagName, entryName, itemKey } from './item-key.ts';
import { aboutFlag } from '../about-flag.ts';
import { knownFlags } from './known-flag.ts';
import { refusal } from '../../../structured/refusal.ts';

/**
 * Flags that a manifest resource wants. Fails with SP2019, SP2020 (declaration), all problems at once.
 */
export function desiredFlags(
  spec: ManifestSpec,
  container: Container,
): Result<readonly DesiredItem[]> {
  const { path } = container.source;
  const problems: Diagnostic[] = [];
  const seen = new Set<string>();
  const known = knownFlags(container);
  const items = Object.entries(spec.flags).flatMap(([name, declaration]) => {
    const flag = canonicalFlagName(name);
    const said = () => [
      ...checkFlagName(path, flag),
      ...checkDeclaration(path, known(flag), flag, declaration),
      ...(seen.has(flag) ? [twiceRefusal(path, flag)] : []),
    ];
    problems.push(...aboutFlag(flag, said));
    seen.add(flag);
    return itemsOfFlag(container.name, flag, declaration);
  });
  return problems.length > 0 ? fail(...problems) : ok(items);
}

function twiceRefusal(path: string, flag: string): Diagnostic {
  const help = 'flag names that differ in - and _ only are the same flag';
  return refusal('SP2020', path, `--${flag} is declared twice`, help);
}

/** What a declaration alone tells, without the manifest. */
export function declaredFlags(spec: ManifestSpec, container: string): readonly DesiredItem[] {
  return Object.entries(spec.flags).flatMap(([name, declaration]) =>
    itemsOfFlag(container, canonicalFlagName(name), declaration),
  );
}

function itemsOfFlag(
  container: string,
  flag: string,
  declaration: FlagDeclaration,
): readonly DesiredItem[] {
  const whole = itemKey({ form: 'whole', container, flag });
  const label = `--${flag}`;
  if (declaration.form === 'value') return [{ key: whole, value: declaration.value, label }];
  if (declaration.form === 'absent') return [{ key: whole, value: null, label }];
  if (declaration.form === 'entries') {
    return Object.entries(declaration.entries).map(([part, value]) => {
      const key = itemKey({ form: 'entry', container, flag, part: entryName(flag, part) });
      return { key, value, label: `${label}[${part}]` };
    });
  }
  const { include, exclude } = declaration;
  return [...include, ...exclude].map((part, index) => {
    const key = itemKey({ form: 'element', container, flag, part });
    const value = index < include.length ? 'present' : null;
    return { key, value, label: `${label}[${part}]`, shareable: true };
  });
}

function checkDeclaration(
  path: string,
  known: KnownFlag | null,
  flag: string,
  declaration: FlagDeclaration,
): Diagnostic[] {
  if (declaration.form === 'value') return checkFlagValue(path, flag, declaration.value);
  if (declaration.form === 'absent') return [];
  if (declaration.form === 'entries') {
    const names = Object.keys(declaration.entries).map((key) => entryName(flag, key));
    const again = names.filter((name, index) => names.indexOf(name) !== index);
    const helpOnce = 'an entry with and one without `kube:` are the same feature gate: keep one';
    const repeated = again.map((name) =>
      refusal('SP2020', path, `"${name}" is declared twice for --${flag}`, helpOnce),
    );
    const said = Object.entries(declaration.entries).flatMap(([key, value]) => [
      ...checkPart(path, flag, key),
      ...(key.includes('=') ? [equalsRefusal(path, flag, key)] : []),
      ...(value === null || value === '' ? [] : checkPart(path, flag, value)),
    ]);
    return [...said, ...repeated];
  }
  const { include, exclude } = declaration;
  const parts = [...include, ...exclude];
  const twice = parts.filter((part, index) => parts.indexOf(part) !== index);
  const help = 'name each element once, under include or under exclude';
  return [
    ...parts.flatMap((part) =>
      known?.type === 'array' && part !== ''
        ? checkFlagValue(path, flag, part)
        : checkPart(path, flag, part),
    ),
    ...twice.map((part) =>
      refusal('SP2020', path, `"${part}" is declared twice for --${flag}`, help),
    ),
  ];
}

function equalsRefusal(path: string, flag: string, key: string): Diagnostic {
  const help = 'the first = ends the key';
  return refusal('SP2019', path, `${JSON.stringify(key)} cannot be a key of --${flag}`, help);
}
