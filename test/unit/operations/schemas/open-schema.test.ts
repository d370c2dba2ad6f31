import { describe, expect, it } from 'vitest';
import { openSchema } from '../../../../src/operations/schemas/open-schema.ts';
import type { JsonObject, JsonValue } from '../../../../src/model/item.ts';

async function told(schema: JsonObject, value: JsonValue): Promise<readonly string[] | null> {
  const opened = await openSchema(schema);
  if (!opened.ok) throw new Error(opened.why);
  const errors = opened.check(value);
  return errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`) ?? null;
}

async function whyNot(schema: JsonObject): Promise<string> {
  const opened = await openSchema(schema);
  return opened.ok ? 'it was opened' : opened.why;
}

describe('a schema that is not ours', () => {
  it('gives every error, by draft 2020-12, and by draft 07 where it says so', async () => {
    const pair = { prefixItems: [{ type: 'string' }], required: ['x'], properties: { y: false } };
    expect(await told(pair, [1])).toEqual(['/0 type']);
    expect(await told(pair, { y: 1 })).toEqual([' required', '/y false schema']);
    const old = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      items: [{ type: 'string' }],
      prefixItems: [{ type: 'number' }],
    };
    expect(await told(old, [1])).toEqual(['/0 type']);
    expect(await told(old, ['a'])).toEqual([]);
  });

  it('does not judge format, and takes keywords that it does not know', async () => {
    expect(await told({ format: 'date', 'x-owner': 'a' }, 'no date')).toEqual([]);
  });

  it('may refer to what is in it, by name too, and to nothing else', async () => {
    const bundled = {
      $id: 'https://example.org/jobs.json',
      items: { $ref: 'job.json' },
      $defs: { job: { $id: 'https://example.org/job.json', type: 'string' } },
    };
    expect(await told(bundled, [1])).toEqual(['/0 type']);
    expect(await told({ const: { $ref: 'https://example.org/a' } }, 1)).toEqual([' const']);
    expect(await whyNot({ $ref: 'https://example.org/a' })).toBe(
      '$ref https://example.org/a leads out of it, and nothing is fetched',
    );
    expect(await whyNot({ properties: { a: { $ref: '#/$defs/none' } } })).toContain('#/$defs/none');
    expect(await whyNot({ $dynamicRef: 'other.json' })).toContain('$dynamicRef');
  });

  it.each([
    [{ type: 'strange' }, 'type'],
    [{ pattern: '(' }, 'regular expression'],
    [{ $schema: 'http://json-schema.org/draft-04/schema#' }, 'draft-04'],
  ])('is refused where it is none: %o', async (schema, why) => {
    expect(await whyNot(schema)).toContain(why);
  });
});
