import { expect, test } from 'vitest';
import { describeCheck } from '../../../src/checks/describe.ts';

test('checks are described in one line without credentials', () => {
  expect(describeCheck({ kind: 'http', url: 'https://127.0.0.1:2379/health' })).toBe(
    'http https://127.0.0.1:2379/health',
  );
  expect(describeCheck({ kind: 'http', url: 'http://me:secret@host/x@y', method: 'HEAD' })).toBe(
    'http HEAD http://host/x@y',
  );
  expect(describeCheck({ kind: 'tcp', host: '::1', port: 53 })).toBe('tcp [::1]:53');
  expect(describeCheck({ kind: 'command', run: ['./a', 'b\nc'] })).toBe('command ./a b c');
  const long = describeCheck({ kind: 'process', argv: ['/bin/etcd', ...Array(50).fill('--x=1')] });
  expect(long).toMatch(/^process etcd --x=1 .*…$/u);
  expect(long.length).toBeLessThan(80);
});
