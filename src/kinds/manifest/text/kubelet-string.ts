import type { Scalar } from 'yaml';

/** Booleans, nulls, infinities and the two indicators that YAML 1.1 gives types of their own. */
const WORDS =
  /^(|~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|<<|=)$/;

/** `0o7` and `0X1F` are numbers to Go (strconv.ParseInt with base 0), though not to YAML 1.1. */
const INTEGER = /^[-+]?(0[bBoO]?[0-7]+|0[xX][\da-fA-F]+|\d+)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;

/** Numbers to the base 60 and dates: of YAML 1.1, though go-yaml makes strings of them. */
const SEXAGESIMAL = /^[-+]?\d+(:[0-5]?\d)+(\.\d*)?$/;
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?([Tt\s].*)?$/s;

/**
 * Whether a scalar, which the YAML 1.2 reader took for a string, is one for the kubelet, too: sigs.k8s.io/yaml with
 * go.yaml.in/yaml/v2, which reads YAML 1.1. Where readers of YAML 1.1 differ (`12:30`), the answer is no.
 */
export function isKubeletString(node: Scalar, value: string): boolean {
  return node.type !== 'PLAIN' || isKubeletText(value);
}

/** The same of a text without quotes. */
export function isKubeletText(value: string): boolean {
  // Numbers may hold `_` anywhere.
  const plain = /^[-+.\d]/.test(value) ? value.replaceAll('_', '') : value;
  return ![WORDS, INTEGER, FLOAT, SEXAGESIMAL, TIMESTAMP].some((type) => type.test(plain));
}
