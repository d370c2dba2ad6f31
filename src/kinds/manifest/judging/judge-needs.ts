import type { Component } from '../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';
import { isSet, partsGiven } from './parts-given.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';

/** A flag that is given: with any value, with this element, or as a switch that is on. */
type Given =
  | { readonly flag: string }
  | { readonly flag: string; readonly element: string }
  | { readonly flag: string; readonly isOn: true };

interface Need {
  readonly component: Component;
  readonly given: Given;
  readonly needs: Given;
}

const API = 'kube-apiserver';
const ABAC = { flag: 'authorization-mode', element: 'ABAC' } as const;
const WEBHOOK = { flag: 'authorization-mode', element: 'Webhook' } as const;
const POLICY = { flag: 'authorization-policy-file' } as const;
const WEBHOOK_FILE = { flag: 'authorization-webhook-config-file' } as const;

/**
 * Flags that end the component at its start while another one is missing. Source: k8s.io/apiserver pkg/server/options/etcd.go,
 * kubernetes/kubernetes pkg/kubeapiserver/options/authorization.go (both Validate), 1.32 to 1.37.
 */
const NEEDS: readonly Need[] = [
  {
    component: API,
    given: { flag: 'encryption-provider-config-automatic-reload', isOn: true },
    needs: { flag: 'encryption-provider-config' },
  },
  { component: API, given: ABAC, needs: POLICY },
  { component: API, given: POLICY, needs: ABAC },
  { component: API, given: WEBHOOK, needs: WEBHOOK_FILE },
  { component: API, given: WEBHOOK_FILE, needs: WEBHOOK },
];

/** SP2094: flags that would be given without what they need, where the plan declares one of the two. */
export function judgeNeeds(
  subject: Subject,
  declared: ReadonlySet<string>,
  after: CommandLine,
): readonly Diagnostic[] {
  return NEEDS.filter(
    ({ component, given, needs }) =>
      component === subject.catalogue.component &&
      (declared.has(given.flag) || declared.has(needs.flag)) &&
      isGiven(after, given) &&
      !isGiven(after, needs),
  ).map(({ given, needs }) => {
    const message = `${nameOf(subject)} does not start with ${textOf(given)} and without ${textOf(needs)}`;
    const help = `declare ${textOf(needs)}, or take ${textOf(given)} away`;
    const flag = declared.has(given.flag) ? given.flag : needs.flag;
    return { ...refused(subject, 'SP2094', message, help), flag };
  });
}

function isGiven(line: CommandLine, given: Given): boolean {
  if ('element' in given) return partsGiven(line, given.flag).includes(given.element);
  if (!('isOn' in given)) return isSet(line, given.flag);
  const last = flagsNamed(line, given.flag).at(-1);
  return last !== undefined && parseGoBoolean(last.value ?? 'true') === true;
}

function textOf(given: Given): string {
  return 'element' in given ? `--${given.flag} ${given.element}` : `--${given.flag}`;
}
