import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/kinds/registry.ts';

import { plan, PlanningBench, story } from './planning-bench.ts';

describe('release', () => {
  it('puts the earlier text back when an item is edited out, and says the value that returns', () => {
    const bench = new PlanningBench({ '/a': 'x=0\nz=1\n' });
    bench.apply([plan('p', { '/a': { x: '1', y: '1' } })]);
    const parts = bench.apply([plan('p', { '/a': { y: '1' } })]);
    expect(story(parts)).toEqual(['p release x']);
    expect(parts[0]?.part.items[0]?.desired).toBe('0');
    expect(bench.files.get('/a')).toBe('x=0\nz=1\ny=1\n');
  });

  it('only forgets what someone else changed since', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1', y: '1' } })]);
    bench.files.set('/a', 'x=9\ny=1\n');
    const parts = bench.apply([plan('p', { '/a': { y: '1' } })]);
    expect(story(parts)).toEqual(['p forget x drifted']);
    expect(parts[0]?.part.files[0]?.write).toBe(false);
    expect(bench.files.get('/a')).toBe('x=9\ny=1\n');
  });

  it('gives back identical bytes when a whole plan goes and nobody else edited', () => {
    const original = '\nodd  text\nx=0\n\n';
    const bench = new PlanningBench({ '/a': original });
    bench.apply([plan('p', { '/a': { x: '1', y: '1' } })]);
    expect(bench.files.get('/a')).not.toBe(original);
    const parts = bench.apply([], { released: ['p'] });
    expect(parts[0]?.part.operation).toBe('release');
    expect(bench.files.get('/a')).toBe(original);
    expect(bench.managed.size).toBe(0);
    expect(bench.plans).toEqual([]);
  });

  it('keeps what an earlier part of the same set has just written', () => {
    const bench = new PlanningBench({ '/a': 'z=1\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.apply([plan('q', { '/a': { y: '1' } })], { released: ['p'] });
    expect(bench.files.get('/a')).toBe('z=1\ny=1\n');
  });

  it('of a manifest that somebody deleted only forgets it, and keeps no other plan from being applied', () => {
    const manifest = readFileSync('fixtures/manifests/kubeadm-kube-apiserver.yaml', 'utf8');
    const bench = new PlanningBench({ '/m': manifest, '/n': manifest }, kindOf);
    bench.apply([plan('p', { '/m': { profiling: 'false', 'secure-port': null } })]);
    bench.files.delete('/m');
    const parts = bench.apply([plan('q', { '/n': { v: '2' } })], { released: ['p'] });
    expect(story(parts)).toEqual([
      'q add flags/kube-apiserver/v',
      'p forget flags/kube-apiserver/profiling drifted',
      'p forget flags/kube-apiserver/secure-port drifted',
    ]);
    expect([...bench.files.keys(), ...bench.managed.keys()]).toEqual(['/n', '/n']);
  });

  it('keeps a foreign edit when a whole plan goes', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.files.set('/a', 'x=1\nforeign=1\n');
    bench.apply([], { released: ['p'] });
    expect(bench.files.get('/a')).toBe('x=0\nforeign=1\n');
  });

  it('keeps a foreign edit that was observed by an earlier run', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } })]);
    bench.files.set('/a', 'x=1\nforeign=1\n');
    bench.apply([plan('p', { '/a': { x: '2' } })]);
    bench.apply([], { released: ['p'] });
    expect(bench.files.get('/a')).toBe('x=0\nforeign=1\n');
  });

  it('does not release a missing plan that is not proven gone, nor with a scope', () => {
    const bench = new PlanningBench({ '/a': 'x=0\n' });
    bench.apply([plan('p', { '/a': { x: '1' } }), plan('q', { '/a': { y: '1' } })]);
    expect(bench.apply([plan('q', { '/a': { y: '1' } })])).toEqual([]);
    expect(
      bench.apply([plan('q', { '/a': { y: '1' } })], { released: ['p'], scope: ['q'] }),
    ).toEqual([]);
  });

  it('takes files back in reverse order of recording: the flag before the file it needs', () => {
    const bench = new PlanningBench({ '/flags': 'x=0\n' });
    const both = plan('p', {
      '/file': { body: '1' },
      '/flags': { path: '/file' },
      '/keep': { k: '1' },
    });
    bench.apply([both]);
    const parts = bench.apply([plan('p', { '/keep': { k: '1' } })]);
    expect(parts[0]?.part.steps.map((step) => step.path)).toEqual(['/flags', '/file']);
    expect(bench.files.has('/file')).toBe(false);
  });

  it('gives a flag back before it declares it in another form', () => {
    const bench = new PlanningBench({ '/a': 'l=0\n' });
    bench.apply([plan('p', { '/a': { l: '1' } })]);
    const parts = bench.apply([plan('p', { '/a': { 'l/e': 'present' } })]);
    expect(story(parts)).toEqual(['p add l/e', 'p release l']);
    expect(bench.files.get('/a')).toBe('l=0\nl/e=present\n');
  });

  it('lets another plan take a flag over in another form: what stands there is only forgotten', () => {
    const bench = new PlanningBench({ '/a': 'l=0\n' });
    bench.apply([plan('p', { '/a': { l: '1', k: '1' } })]);
    const plans = [plan('p', { '/a': { k: '1' } }), plan('q', { '/a': { 'l/e': 'present' } })];
    expect(story(bench.apply(plans))).toEqual(['p forget l', 'q add l/e']);
  });
});
