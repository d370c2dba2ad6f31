import type { CodeEntry } from './entry.ts';

/** SP2060 to SP2079, SP2094: flags as the component has them in the version that runs, and what its probes do not prove. */
export const catalogueCodes = {
  SP2060: {
    title: 'the component has no such flag',
    explanation:
      'The catalogue has the flags of each component and version; the version is that of the image in the manifest. A component does not start with a flag that it does not know. Correct the name. For a component that was built with flags of its own say `catalogue: lenient` (warnings) or `catalogue: off` on the resource. As a warning: a flag that must be absent is unknown, and looks like another one misspelled.',
  },
  SP2061: {
    title: 'the flag was removed from the component',
    explanation:
      'An earlier version had this flag; the one in the manifest has not, and would not start with it. Drop the flag from the plan, or declare it as null while hosts with the earlier version are left.',
  },
  SP2062: {
    title: 'the flag is deprecated',
    explanation:
      'The component still takes the flag and says itself that it will go, or does nothing any more. What it says to use instead is in the message.',
  },
  SP2063: {
    title: 'the value is not of the type of the flag',
    explanation:
      'Components parse their flags by type and do not start with a value that they cannot parse: true or false in the spellings of Go (1, t, T, true, True, TRUE and so on), whole numbers in the range of the type, durations with units, addresses, URLs, and words of which they know a few: those are read where the component has them in its source, version by version. Flags that are one such value have no elements and no entries; lists have elements (`include`, `exclude`), maps have `entries`.',
  },
  SP2064: {
    title: 'the version of the component is not known',
    explanation:
      'Flags are checked against the version in the tag of the image. The tag is no version (a digest alone and `latest` name none), or a version that this setpoint knows nothing about. `catalogue: lenient` on the resource judges by the nearest known version and only warns; `catalogue: off` looks nothing up. A newer setpoint knows newer versions.',
  },
  SP2065: {
    title: 'the flags were judged by another version',
    explanation:
      'The resource says `catalogue: lenient`, and the version of the image is not known: the nearest known version stood in for it, the same minor or the next lower one, the newest for an image that does not tell its version. What it says can be wrong for the version that runs.',
  },
  SP2066: {
    title: 'the component has no such feature gate',
    explanation:
      'A component does not start with a feature gate that it does not know. Gates go some versions after the feature is generally available, which then needs none: the help says so of gates that are known to have gone, and names the first known version of those that come.',
  },
  SP2067: {
    title: 'the feature gate is locked',
    explanation:
      'From this version on the gate can only be given its default, and the component does not start with another value. Drop the entry.',
  },
  SP2068: {
    title: 'the feature gate has no future',
    explanation:
      'The feature is generally available, or its gate is deprecated. A later version will not have the gate, and will not start while it is set: drop the entry before that upgrade.',
  },
  SP2069: {
    title: 'there is no such admission plugin',
    explanation:
      'kube-apiserver does not start with the name of an admission plugin that it does not have. As a warning: the name under exclude is unknown in every known version, so leaving it out does nothing.',
  },
  SP2070: {
    title: 'the admission plugin runs by default',
    explanation:
      'enable-admission-plugins adds to the plugins that run anyhow, so that leaving one of those out of it changes nothing. disable-admission-plugins switches them off.',
  },
  SP2071: {
    title: 'the default of the flag holds what is excluded',
    explanation:
      'A flag that is not given has its default. What the plan excludes is a part of it, or may be, so that the component would run with it all the same. Declare the elements that are meant: the message prints what is left of the default.',
  },
  SP2072: {
    title: 'what is included would replace the default of the flag',
    explanation:
      'The flag is not given in the manifest, and its first element replaces the whole default: the other elements of the default would be lost silently. Include those to be kept (the message prints them all) and name those to be lost under exclude.',
  },
  SP2073: {
    title: 'the default of the flag holds again',
    explanation:
      'The plan excludes every element of the flag, so the flag goes from the command line, and the component takes its default.',
  },
  SP2074: {
    title: 'a probe asks what no gate can',
    explanation:
      'The resource names no gates, so they are made of the own probes of the container. An exec probe runs inside the container, where nothing outside can ask it, and of a gRPC probe only that its port accepts connections is proved. Add a gate of your own, such as a `command`, where that is not enough.',
  },
  SP2075: {
    title: 'what starts the component is not known',
    explanation:
      'By the name of its image or of the container it runs a component, but its command is a program that setpoint does not know. Which flags that program takes, and which it hands on, cannot be told, so they cannot be checked. Write the component itself as the command; `catalogue: off` on the resource edits the flags all the same, without a check.',
  },
  SP2094: {
    title: 'the flag needs another one',
    explanation:
      'Some flags end the component at its start while another one is not given: encryption-provider-config-automatic-reload without encryption-provider-config, an authorization mode without its file, and the file without its mode. Declare both, or none.',
  },
  SP2124: {
    title: 'the controller runs under *',
    explanation:
      'kube-controller-manager runs every controller that is on by default while --controllers holds *, or is not given, so that leaving one of them out of the list changes nothing. A name with a minus keeps it from running.',
  },
  SP2095: {
    title: 'feature gates with and without kube: do not go together',
    explanation:
      'From 1.31 on a feature gate may name its component, kube:Name for Name. A component does not start when its command line has some of Kubernetes’ own gates in one spelling and some in the other. A new entry is written like those beside it; where the manifest has both spellings already, write them in one.',
  },
  SP2096: {
    title: 'the flags exclude each other',
    explanation:
      'kube-apiserver does not start with authorization-config beside authorization-mode or flags of the authorization webhook, nor with authentication-config beside those of OIDC. Say in the file what the flags say, and declare them as null in the same plan.',
  },
} as const satisfies Record<string, CodeEntry>;
