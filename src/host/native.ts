import type * as addon from 'fs-native-extensions';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';

/** Kernel functions that Node does not offer: OFD locks and extended attributes on file descriptors. */
export type Native = Pick<
  typeof addon,
  'tryLock' | 'unlock' | 'listAttrsSync' | 'getAttrSync' | 'setAttrSync' | 'removeAttrSync'
>;

type Load = () => Promise<Native>;

/**
 * Loads the native addon, once; only when first needed, so that commands without locks start fast.
 * Errors: SetpointError SP6030 (exit 1) when there is no binary that works here; there is no weaker fallback.
 */
export async function loadNative(load: Load = importAddon): Promise<Native> {
  try {
    return await load();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new SetpointError(
      EXIT.failed,
      [
        {
          code: 'SP6030',
          severity: 'error',
          message: `the native addon fs-native-extensions does not load on ${process.platform}-${process.arch}: ${reason}`,
          help: 'setpoint needs its kernel locks and does not run with weaker ones. Supported: Linux with glibc on x64 and arm64; reinstall the package if this is one.',
        },
      ],
      { cause: error },
    );
  }
}

let imported: Native | undefined;

/** An import of what is loaded already still costs turns of the event loop: staging asks once a file. */
async function importAddon(): Promise<Native> {
  imported ??= await import('./native-addon.ts');
  return imported;
}
