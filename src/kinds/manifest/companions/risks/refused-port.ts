import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { parseGoInteger } from '../../values/go-scalars.ts';
import { componentOfLine } from '../component-of-line.ts';

/**
 * The lowest --secure-port that a component starts with: 0 turns it off, which only kube-apiserver refuses. Source: 1.24 to 1.36,
 * kubernetes/apiserver pkg/server/options serving.go (Validate), kubernetes/kubernetes pkg/kubeapiserver/options serving.go
 * (Required); the options of controllers and scheduler do not require it.
 */
const LOWEST: Readonly<Partial<Record<Component, bigint>>> = {
  'kube-apiserver': 1n,
  'kube-controller-manager': 0n,
  'kube-scheduler': 0n,
};

/** Errors (SP2119) for a declared port that the component ends with at its start. */
export function refusedPort(spec: ManifestSpec, line: CommandLine): Diagnostic[] {
  const component = componentOfLine(line);
  const lowest = component === null ? undefined : LOWEST[component];
  const [, declared] =
    Object.entries(spec.flags).find(([name]) => canonicalFlagName(name) === 'secure-port') ?? [];
  const port = declared?.form === 'value' ? parseGoInteger(declared.value) : null;
  if (port === null || component === null || lowest === undefined) return [];
  if (port >= lowest && port <= 65_535n) return [];
  const what = `${component} does not start with --secure-port=${String(port)}`;
  const off = port === 0n ? ': its port cannot be turned off' : '';
  const help = `declare a port from ${String(lowest)} to 65535`;
  const said = refusal('SP2119', line.container.source.path, `${what}${off}`, help);
  return [{ ...said, flag: 'secure-port' }];
}
