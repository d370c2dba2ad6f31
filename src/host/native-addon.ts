/** Static, because `import()` of a CommonJS package gives no names once it is in a bundle (scripts/build/recovery-bundle.ts). */
export {
  getAttrSync,
  listAttrsSync,
  removeAttrSync,
  setAttrSync,
  tryLock,
  unlock,
} from 'fs-native-extensions';
