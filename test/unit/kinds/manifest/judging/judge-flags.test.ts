import { describe, expect, it } from 'vitest';
import { absent, elements, entries, value } from '../manifest-rig.ts';
import { CATALOGUE, judged, judgedAs, told } from './judging-rig.ts';

describe('flags that the component does not have', () => {
  it('are refused with the name that may be meant', () => {
    expect(told(judged('anonymus-auth', value('false')))).toEqual([
      'SP2060 error: kube-apiserver 1.34 has no flag --anonymus-auth (did you mean --anonymous-auth?)',
    ]);
    expect(told(judged('zzz', elements(['A'])))).toEqual([
      'SP2060 error: kube-apiserver 1.34 has no flag --zzz (if it has it all the same, say `catalogue: off` on the resource)',
    ]);
  });

  it('are refused with the version in which they went', () => {
    expect(told(judged('insecure-port', value('0')))).toEqual([
      'SP2061 error: --insecure-port is gone from kube-apiserver since 1.24; the manifest runs 1.34 (the component would not start with it: drop the flag, or declare it as null)',
    ]);
  });

  it('are in order where nothing gives them', () => {
    expect(judged('insecure-port', absent)).toEqual([]);
    expect(judged('insecure-port', elements([], ['A']))).toEqual([]);
    expect(judged('insecure-port', entries({ a: null }))).toEqual([]);
    expect(judged('zzz', absent)).toEqual([]);
  });

  it('are warned of where a misspelled name is declared absent: the flag that is meant may be given', () => {
    expect(told(judged('anonymus-auth', absent))).toEqual([
      'SP2060 warning: kube-apiserver 1.34 has no flag --anonymus-auth, so it is absent anyhow; did you mean --anonymous-auth?',
    ]);
  });
});

describe('deprecated flags', () => {
  it('are warned of in the words of the component, where something gives them', () => {
    expect(told(judged('cloud-provider', value('x')))).toEqual([
      'SP2062 warning: --cloud-provider is deprecated in kube-apiserver 1.34: will go; use an external one',
    ]);
    expect(judged('cloud-provider', absent)).toEqual([]);
  });
});

describe('values by type', () => {
  it.each([
    ['anonymous-auth', 'T'],
    ['anonymous-auth', '0'],
    ['audit-log-maxage', '-1'],
    ['audit-log-maxage', '0x1F'],
    ['audit-log-maxage', '1_000'],
    ['default-not-ready-toleration-seconds', '9223372036854775807'],
    ['secure-ports', '4294967295'],
    ['qps', '.5'],
    ['qps', '1e3'],
    ['request-timeout', '1h30m'],
    ['request-timeout', '0'],
    ['audit-log-path', ''],
    ['feature-gates', 'kube:BetaThing=True,kube:AlphaThing=f'],
    ['runtime-config', 'apps/v1=,batch/v1=F,api/all=false'],
    ['runtime-config', 'batch/v2alpha1,api/all=true'],
    ['eviction-hard', 'memory.available<1Gi,nodefs.available<10%'],
    ['manifest-url-header', 'a:hello,b:again'],
    ['system-reserved', ''],
    // As the component's own --help writes it, and as several are written.
    ['allow-metric-labels', "metric1,label1='v1,v2,v3'"],
    ['allow-metric-labels', 'metric1,label1=v1,v2'],
    ['allow-metric-labels', '"metric1,label1=v1,v2","metric2,label1=v1"'],
  ])('--%s takes %s', (flag, text) => expect(judged(flag, value(text))).toEqual([]));

  it.each([
    ['anonymous-auth', 'yes', 'takes true or false'],
    ['anonymous-auth', '', 'takes true or false'],
    ['audit-log-maxage', '30d', 'takes an integer'],
    ['audit-log-maxage', '09', 'takes an integer'],
    ['default-not-ready-toleration-seconds', '9223372036854775808', 'takes an integer of 64 bits'],
    ['secure-ports', '4294967296', 'takes an integer from 0 to 4294967295'],
    ['secure-ports', '-1', 'takes an integer from 0 to 4294967295'],
    ['qps', '1,5', 'takes a number'],
    ['request-timeout', '60', 'takes a duration with units, such as 1m30s'],
    ['system-reserved', 'cpu', 'takes entries such as NAME=VALUE'],
    ['eviction-hard', 'memory.available=1Gi', 'takes entries such as NAME<VALUE'],
    ['feature-gates', 'BetaThing', 'takes entries such as NAME=VALUE'],
    ['feature-gates', 'BetaThing=on', 'takes entries that are true or false'],
    // Of several entries without double quotes `metric1` is one without a value (pflag).
    [
      'allow-metric-labels',
      'metric1,label1=v1,metric2,label1=v1',
      'takes NAME=VALUE, each of several in double quotes',
    ],
    ['allow-metric-labels', 'metric1,label1', 'takes NAME=VALUE, each of several in double quotes'],
    ['allow-metric-labels', '', 'takes NAME=VALUE, each of several in double quotes'],
  ])('--%s does not take %j', (flag, text, problem) => {
    const [first] = told(judged(flag, value(text)));
    expect(first).toContain(
      `SP2063 error: --${flag} of kube-apiserver 1.34 ${problem}, not ${JSON.stringify(text)}`,
    );
  });

  it('have no parts where the flag is one thing', () => {
    expect(told(judged('anonymous-auth', elements(['true'])))).toEqual([
      'SP2063 error: --anonymous-auth of kube-apiserver 1.34 is one bool and has no elements (declare its whole value)',
    ]);
    expect(told(judged('request-timeout', entries({ a: '1s' })))[0]).toContain('has no entries');
    expect(judged('audit-log-path', elements(['/a']))).toEqual([]);
  });

  it.each([
    ['bind-address', 'ip', '::1'],
    ['bind-address', 'ip', '::ffff:10.0.0.1'],
    ['bind-address', 'ip', ' 10.0.0.1 '],
    ['bind-address', 'ip', ''],
    ['service-node-port-range', 'portRange', '30000-32767'],
    ['service-node-port-range', 'portRange', '30000+100'],
    ['service-node-port-range', 'portRange', ' 30000 '],
    ['log-text-info-buffer-size', 'quantity', '512Ki'],
    ['log-text-info-buffer-size', 'quantity', '1.5e3'],
    ['metrics-bind-address', 'ipport', '127.0.0.1'],
    ['metrics-bind-address', 'ipport', '[::1]:10249'],
    ['metrics-bind-address', 'ipport', '010.0.0.1:10249'],
    ['listen-client-urls', 'UniqueURLs', 'https://127.0.0.1:2379, https://[::1]:2379,unix://x'],
    ['listen-client-urls', 'UniqueURLs', ''],
    ['cors', 'UniqueURLs', '*'],
    ['tls-curve-preferences', 'int32Slice', '29,0x17'],
    ['tls-min-version', 'string', 'VersionTLS13'],
    ['tls-min-version', 'string', ''],
    ['tls-cipher-suites', 'stringSlice', 'TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA'],
  ])('--%s (%s) takes %j', (name, goType, text) =>
    expect(told(judgedAs(name, goType, value(text)))).toEqual([]),
  );

  it.each([
    ['bind-address', 'ip', 'localhost', 'takes an IP address'],
    ['bind-address', 'ip', '[::1]', 'takes an IP address'],
    ['bind-address', 'ip', 'fe80::1%eth0', 'takes an IP address'],
    ['bind-address', 'ip', '010.0.0.1', 'takes an IP address'],
    ['service-node-port-range', 'portRange', '32767-30000', 'takes a range of ports'],
    ['service-node-port-range', 'portRange', '30000-70000', 'takes a range of ports'],
    ['service-node-port-range', 'portRange', '30000:32767', 'takes a range of ports'],
    ['log-text-info-buffer-size', 'quantity', '1KB', 'takes a quantity'],
    ['log-text-info-buffer-size', 'quantity', '', 'takes a quantity'],
    ['metrics-bind-address', 'ipport', '::1:10249x', 'takes an address'],
    ['metrics-bind-address', 'ipport', '127.0.0.1:70000', 'takes an address'],
    ['metrics-bind-address', 'ipport', 'localhost:10249', 'takes an address'],
    ['listen-client-urls', 'UniqueURLs', '127.0.0.1:2379', 'takes URLs'],
    ['listen-client-urls', 'UniqueURLs', 'https://127.0.0.1', 'takes URLs'],
    ['listen-client-urls', 'UniqueURLs', 'https://127.0.0.1:2379/x', 'takes URLs'],
    ['tls-curve-preferences', 'int32Slice', '29,X25519', 'takes integers'],
  ])('--%s (%s) does not take %j', (name, goType, text, problem) =>
    expect(told(judgedAs(name, goType, value(text))).join()).toMatch(
      `SP2063 error: --${name} of kube-apiserver 1.34 ${problem}`,
    ),
  );

  it('are words of which the component knows a few', () => {
    const about = 'SP2063 error: --tls-min-version of kube-apiserver 1.34 does not take';
    expect(told(judgedAs('tls-min-version', 'string', value('TLS1.2')))).toEqual([
      `${about} "TLS1.2" (it takes VersionTLS10, VersionTLS11, VersionTLS12, VersionTLS13)`,
    ]);
    expect(told(judgedAs('tls-min-version', 'string', value('VersionTls12')))).toEqual([
      `${about} "VersionTls12" (did you mean VersionTLS12?)`,
    ]);
    const suites = elements(['TLS_AES_128_GCM_SHA256', 'TLS_AES_128_GCM_SHA25']);
    expect(told(judgedAs('tls-cipher-suites', 'stringSlice', suites)).join()).toBe(
      'SP2063 error: --tls-cipher-suites of kube-apiserver 1.34 does not take "TLS_AES_128_GCM_SHA25" (did you mean TLS_AES_128_GCM_SHA256?)',
    );
  });

  it('are of one type for each element of a list, and one thing where they are an address', () => {
    expect(told(judgedAs('cors', 'UniqueURLs', elements(['https://a:1', 'a']))).join()).toContain(
      'takes URLs such as https://127.0.0.1:2379, without a path, not "a"',
    );
    expect(told(judgedAs('bind-address', 'ip', elements(['::1']))).join()).toContain(
      'has no elements',
    );
  });

  it('have entries where the flag is a map only, and elements where it is a list only', () => {
    const help = '(declare `include` and `exclude`)';
    for (const flag of ['enable-admission-plugins', 'authorization-mode', 'service-account-issuer'])
      expect(told(judged(flag, entries({ Nonsense: 'true' })))).toEqual([
        `SP2063 error: --${flag} of kube-apiserver 1.34 is a list and has no entries ${help}`,
      ]);
    expect(told(judged('runtime-config', elements(['api/all=true'])))).toEqual([
      'SP2063 error: --runtime-config of kube-apiserver 1.34 is a map and has no elements (declare `entries`)',
    ]);
    expect(told(judged('eviction-hard', entries({ 'memory.available': '1Gi' })))).toEqual([
      'SP2063 error: --eviction-hard of kube-apiserver 1.34 separates keys from values by < and cannot be declared part by part (declare its whole value)',
    ]);
  });

  it('have no parts where their keys hold commas', () => {
    const help = '(declare its whole value; its type is stringToString)';
    expect(told(judged('allow-metric-labels', entries({ a: '1' })))).toEqual([
      `SP2063 error: --allow-metric-labels of kube-apiserver 1.34 has commas inside its entries and cannot be declared entry by entry ${help}`,
    ]);
    expect(told(judged('allow-metric-labels', elements(['a=1'])))[0]).toContain(help);
  });

  it('are looked at in each entry of a map of booleans', () => {
    const said = judged('feature-gates', entries({ BetaThing: 'off', AlphaThing: 'true' }));
    expect(told(said)).toEqual([
      'SP2063 error: --feature-gates of kube-apiserver 1.34 takes entries that are true or false, not BetaThing=off (its type is colonSeparatedMultimapStringString)',
    ]);
  });
});

describe('feature gates', () => {
  it('that the component does not have are refused, in every form', () => {
    const line =
      'SP2066 error: kube-apiserver 1.34 has no feature gate BetaThng (did you mean BetaThing?)';
    expect(told(judged('feature-gates', value('AlphaThing=true,BetaThng=true')))).toEqual([line]);
    expect(told(judged('feature-gates', entries({ 'kube:BetaThng': 'true' })))).toEqual([line]);
    expect(told(judged('feature-gates', elements(['BetaThng=true'])))).toContain(line);
  });

  it('that must not be set may be unknown', () => {
    expect(judged('feature-gates', entries({ GoneThing: null }))).toEqual([]);
  });

  it('that are locked are refused another value', () => {
    expect(told(judged('feature-gates', entries({ LockedThing: 'false' })))).toEqual([
      'SP2067 error: feature gate LockedThing of kube-apiserver 1.34 is locked to true (the component would not start: drop the entry)',
    ]);
  });

  it.each([
    ['DoneThing', 'generally available'],
    ['LockedThing', 'generally available'],
    ['OldThing', 'deprecated'],
  ])('that will go are warned of: %s', (name, why) => {
    expect(told(judged('feature-gates', entries({ [name]: 'true' })))).toEqual([
      `SP2068 warning: feature gate ${name} is ${why} in kube-apiserver 1.34 and goes in a later version, which will not start while it is set`,
    ]);
  });

  it('of all of a stage, and of other components in the same process, are none of the catalogue', () => {
    const gates = entries({ AllAlpha: 'true', AllBeta: 'false', 'other:X': 'true' });
    expect(judged('feature-gates', gates)).toEqual([]);
  });

  it('have no component before 1.31, where the colon is a part of the name', () => {
    const flags = new Map(CATALOGUE.flags);
    const fact = flags.get('feature-gates');
    if (fact !== undefined) flags.set('feature-gates', { ...fact, goType: 'mapStringBool' });
    const said = judged('feature-gates', entries({ 'kube:BetaThing': 'true' }), [], {
      ...CATALOGUE,
      flags,
    });
    expect(said.map(({ code }) => code)).toEqual(['SP2066']);
  });
});

describe('admission plugins', () => {
  it.each(['enable-admission-plugins', 'disable-admission-plugins'])(
    'that the component does not have are refused in --%s',
    (flag) => {
      const line =
        'SP2069 error: kube-apiserver 1.34 has no admission plugin "NodeRestrictions" (did you mean NodeRestriction?)';
      expect(told(judged(flag, elements(['NodeRestrictions'])))).toEqual([line]);
      expect(told(judged(flag, value('AlwaysAdmit,NodeRestrictions')))).toEqual([line]);
      expect(judged(flag, elements(['NodeRestriction']))).toEqual([]);
    },
  );

  it('that are unknown and only left out do no harm, but may be misspelled', () => {
    expect(told(judged('enable-admission-plugins', elements([], ['AlwaysAdmitt'])))).toEqual([
      'SP2069 warning: kube-apiserver 1.34 has no admission plugin "AlwaysAdmitt", so leaving it out does nothing; did you mean AlwaysAdmit?',
    ]);
  });

  it('that run by default are switched off by another flag', () => {
    const exclude = elements([], ['LimitRanger', 'AlwaysAdmit']);
    expect(told(judged('enable-admission-plugins', exclude))).toEqual([
      'SP2070 error: admission plugin LimitRanger runs without being named in --enable-admission-plugins (to switch it off declare `disable-admission-plugins: {include: [LimitRanger]}`)',
    ]);
    const off = ['--disable-admission-plugins=LimitRanger'];
    expect(judged('enable-admission-plugins', exclude, off)).toEqual([]);
  });
});
