/**
 * What a component fills in after it read its flags, which their defaults do not show (kubernetes/kubernetes
 * pkg/kubeapiserver/options authorization.go), unless another flag is given.
 */
export const FILLED_IN: ReadonlyMap<
  string,
  { readonly parts: readonly string[]; readonly unless: string }
> = new Map([['authorization-mode', { parts: ['AlwaysAllow'], unless: 'authorization-config' }]]);
