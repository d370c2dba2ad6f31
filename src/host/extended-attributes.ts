import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorWords } from './file-errors.ts';
import type { Native } from './native.ts';

const ACCESS_ACL = 'system.posix_acl_access';
/** Digests over the content or the inode itself (evm(7), ima): a copy would be wrong, the kernel writes its own. */
const BOUND_TO_INODE: ReadonlySet<string> = new Set(['security.ima', 'security.evm']);

/**
 * Makes the extended attributes of `to` those of `from` (both are descriptors): ACL, SELinux label, capabilities, user.*,
 * and for root trusted.*. Attributes that are equal already are not written, so that an ordinary user can replace a
 * file whose label he may not set. `path` is named in errors. Errors: SetpointError SP6031, exit 1.
 */
export function copyExtendedAttributes(
  native: Native,
  from: number,
  to: number,
  path: string,
): void {
  const wanted = attributeNames(native, from, path);
  for (const name of wanted) {
    if (BOUND_TO_INODE.has(name)) continue;
    const value = native.getAttrSync(from, name);
    if (value === null) continue;
    try {
      const present = native.getAttrSync(to, name);
      if (present === null || !present.equals(value)) native.setAttrSync(to, name, value);
    } catch (error) {
      throw attributeError(error, name, path);
    }
  }
  // A default ACL of the staging directory is inherited by new files; the original has none of it.
  if (!wanted.includes(ACCESS_ACL) && attributeNames(native, to, path).includes(ACCESS_ACL)) {
    native.removeAttrSync(to, ACCESS_ACL);
  }
}

/** Whether an open file has an access list: its group bits are the mask of that then (acl(5)). Errors: as above. */
export function hasAccessList(native: Native, fd: number): boolean {
  return attributeNames(native, fd, 'the file').includes(ACCESS_ACL);
}

function attributeNames(native: Native, fd: number, path: string): readonly string[] {
  try {
    return native.listAttrsSync(fd);
  } catch (error) {
    // The file system knows no attributes, so there are none to keep.
    if (errorCode(error) === 'ENOTSUP' || errorCode(error) === 'EOPNOTSUPP') return [];
    throw attributeError(error, 'the list of attributes', path);
  }
}

function attributeError(error: unknown, name: string, path: string): SetpointError {
  return new SetpointError(
    EXIT.failed,
    [
      {
        code: 'SP6031',
        severity: 'error',
        message: `cannot keep ${name} of ${path}: ${errorWords(error)}`,
        help: 'Run as root, or remove the attribute from the file if it is not needed (`getfattr -d -m - FILE`).',
      },
    ],
    { cause: error },
  );
}
