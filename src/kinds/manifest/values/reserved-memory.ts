import { isGoQuantity } from './go-scalars.ts';

/**
 * `NODE:TYPE=QUANTITY,…` between semicolons; types are `memory` and `hugepages-SIZE`. Rule: kubernetes/kubernetes pkg/util/flag flags.go
 * (ReservedMemoryVar).
 */
export function isReservedMemory(text: string): boolean {
  return text === '' || text.split(';').every(isReservation);
}

function isReservation(text: string): boolean {
  const [node = '', limits, ...more] = text.split(':');
  if (limits === undefined || more.length > 0 || !/^[+-]?\d+$/.test(node)) return false;
  return limits.split(',').every((limit) => {
    const [type = '', quantity, ...rest] = limit.split('=');
    const isKnown = type === 'memory' || type.startsWith('hugepages-');
    return isKnown && quantity !== undefined && rest.length === 0 && isGoQuantity(quantity);
  });
}
