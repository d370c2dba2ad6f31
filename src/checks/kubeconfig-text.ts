/** Loaded only for kubeconfigs. The export is static: of a CommonJS package in a bundle, `import()` gives no names. */
export { parse as parseYaml } from 'yaml';
