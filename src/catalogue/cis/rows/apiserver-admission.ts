import type { CisRow } from '../row.ts';
import { ALL_CIS } from '../versions.ts';
import { has, lacks } from './demands.ts';

const component = 'kube-apiserver' as const;
const PLUGINS = 'enable-admission-plugins';

/** The old flag names the whole set, and excludes the two newer ones. */
const elsewhere = ['admission-control'];

/** What the API server lets in. */
export const APISERVER_ADMISSION: readonly CisRow[] = [
  {
    id: '1.2.3',
    versions: ALL_CIS,
    component,
    title: 'services cannot claim external addresses',
    demands: [has(PLUGINS, 'DenyServiceExternalIPs')],
    elsewhere,
    remedy: 'put DenyServiceExternalIPs into --enable-admission-plugins',
    needs: 'services that begin to use spec.externalIPs are refused',
    risk: 'C',
  },
  {
    id: '1.2.9',
    versions: ALL_CIS,
    component,
    title: 'the rate of events is limited',
    demands: [has(PLUGINS, 'EventRateLimit')],
    elsewhere,
    remedy:
      'put EventRateLimit into --enable-admission-plugins and give its limits by --admission-control-config-file',
    needs:
      'an AdmissionConfiguration and an EventRateLimit configuration, mounted; the API server does not start without them or with one of a wrong kind',
    risk: 'B',
  },
  {
    id: '1.2.10',
    versions: ALL_CIS,
    component,
    title: 'admission is not switched off by AlwaysAdmit',
    demands: [lacks(PLUGINS, 'AlwaysAdmit', 'pass')],
    elsewhere,
    remedy: 'take AlwaysAdmit out of --enable-admission-plugins and keep the others',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.2.11',
    versions: ALL_CIS,
    component,
    title: 'an image is pulled with the credentials of who uses it',
    demands: [has(PLUGINS, 'AlwaysPullImages')],
    elsewhere,
    remedy: 'put AlwaysPullImages into --enable-admission-plugins',
    needs:
      'every start of a pod needs the registry and valid pull secrets: hosts without network, or with preloaded images, break',
    risk: 'C',
  },
  {
    id: '1.2.12',
    versions: ALL_CIS,
    component,
    title: 'the ServiceAccount plugin is not disabled',
    demands: [lacks('disable-admission-plugins', 'ServiceAccount', 'pass')],
    elsewhere,
    remedy: 'take ServiceAccount out of --disable-admission-plugins; it is on by default',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.2.13',
    versions: ALL_CIS,
    component,
    title: 'the NamespaceLifecycle plugin is not disabled',
    demands: [lacks('disable-admission-plugins', 'NamespaceLifecycle', 'pass')],
    elsewhere,
    remedy: 'take NamespaceLifecycle out of --disable-admission-plugins; it is on by default',
    needs: null,
    risk: 'A',
  },
  {
    id: '1.2.14',
    versions: ALL_CIS,
    component,
    title: 'kubelets may change their own node only',
    demands: [has(PLUGINS, 'NodeRestriction')],
    elsewhere,
    remedy: 'put NodeRestriction into --enable-admission-plugins',
    needs: 'kubelets need identities of system:nodes',
    risk: 'C',
  },
];
