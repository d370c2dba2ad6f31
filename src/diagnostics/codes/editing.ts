import type { CodeEntry } from './entry.ts';

/** SP2xxx: kinds: what cannot be parsed or edited safely. */
export const editingCodes = {
  SP2001: {
    title: 'the manifest does not exist or is empty',
    explanation:
      'setpoint changes flags of a static-pod manifest that is there already; it does not write manifests of its own. Create the manifest first, with kubeadm or with a resource of kind file.',
  },
  SP2002: {
    title: 'the manifest is not text that can be edited',
    explanation:
      'The bytes are not valid UTF-8, or hold characters that the YAML reader of the kubelet and other readers take differently: control characters, a carriage return alone, or the line separators U+0085, U+2028 and U+2029. Save the file as UTF-8 without them.',
  },
  SP2003: {
    title: 'the manifest is not valid YAML',
    explanation:
      'The file must parse without any error or warning, be at most 1 MiB, and have no YAML directive. A file that starts with a brace is read as JSON, as the kubelet does. The kubelet drops a pod whose manifest does not parse at its next look, so correct the file first.',
  },
  SP2004: {
    title: 'a key is given twice',
    explanation:
      'Readers disagree about which of two equal keys counts, so the meaning of the manifest is not certain. Keep one of them.',
  },
  SP2005: {
    title: 'the manifest holds more than one document',
    explanation:
      'The kubelet reads the first YAML document of a file and ignores the others. Give every pod a file of its own.',
  },
  SP2006: {
    title: 'the file is not a Pod',
    explanation:
      'Kind manifest edits static pods: apiVersion v1, kind Pod. Deployments, lists and other objects are not run from the manifest directory.',
  },
  SP2007: {
    title: 'the manifest is a dump of a running pod',
    explanation:
      'status, ownerReferences or the mirror annotation show that the file came from `kubectl get pod -o yaml`. The kubelet would not run it as a static pod as it should. Put the real manifest back first.',
  },
  SP2008: {
    title: 'the manifest sets metadata.uid',
    explanation:
      'With a fixed uid, a kubelet from 1.31 on decides about restarts by container name and image only, so changed flags would never run. Say `uid: renew` on the resource: the pod then gets another uid with every change. RKE2 and OpenShift write such manifests from their own configuration, so that is the better place for a lasting change.',
  },
  SP2009: {
    title: 'the container was not found',
    explanation:
      'The pod has no container of that name among containers and initContainers. The message lists those it has.',
  },
  SP2010: {
    title: 'several containers, none chosen',
    explanation:
      'The pod has more than one container, so the flags need `container: NAME` in the plan file. Two containers with the same name are not valid.',
  },
  SP2011: {
    title: 'anchors, aliases, merges or tags',
    explanation:
      'A YAML anchor, alias, merge key or tag stands on the list or on the way to it, so that the text near a flag does not say all of what it means, and an edit could change another place. Write the values out.',
  },
  SP2012: {
    title: 'template text',
    explanation:
      'The manifest holds {{ }} or ${ }, which a renderer would still have to replace. setpoint edits the finished manifest on the host; change the template where it is rendered.',
  },
  SP2013: {
    title: 'the component is started through a shell',
    explanation:
      'Flags inside a shell line cannot be told from the rest of the script. Start the component directly: its binary as the first item, each flag an item.',
  },
  SP2014: {
    title: 'the component is started through another program',
    explanation:
      'A launcher has arguments of its own, and `--` ends the flags, so the flags of the component cannot be told from others. Known and supported are plain binaries, /go-runner and /hyperkube.',
  },
  SP2015: {
    title: 'command and args are not lists of strings',
    explanation:
      'Every item of command and args must be a string for the kubelet, which reads YAML 1.1: numbers, booleans and items such as `--prefix=oidc:` need quotes. A container without command and args has no place for a flag.',
  },
  SP2016: {
    title: 'whether an item is the value of the flag before it is not known',
    explanation:
      '`--flag` followed by an item that is no flag is a flag with its value, or a switch and an argument: only the type of the flag tells. The catalogue has it for the flags of Kubernetes components and etcd in the versions it knows, read from the tag of the image, and such flags are edited. Of another flag, another program, or an image without such a version write it as one item, `--flag=value`. Flags that no plan names may stay as they are.',
  },
  SP2017: {
    title: 'the flag is given more than once',
    explanation:
      'Some flags add up when repeated, of others the last one counts; which does what is known for the components of the catalogue. Lists, maps and arrays that add up are managed by include, exclude and entries, not as a whole, and no occurrence of a list is emptied; of others remove the occurrences that do nothing by hand. Where the type is not known write the flag once, or leave it unmanaged.',
  },
  SP2018: {
    title: 'the item cannot be edited in this layout',
    explanation:
      'A managed flag must be on lines of its own: not beside a comment inside [ ], not in a block scalar with a comment behind its indicator, not behind a comment after its dash. Where its value is the next item, it stands right behind it in the same list. Flags that no plan names may stay as they are.',
  },
  SP2019: {
    title: 'a value that cannot be written',
    explanation:
      'A flag is one line of text. Line breaks, tabs, control characters and template text are refused; elements of a list and entries of a map may hold no comma and no double quote, since these separate them. Each occurrence of an array, such as `tls-sni-cert-key`, is one element, commas and all; which flags are arrays is known for the components of the catalogue.',
  },
  SP2020: {
    title: 'a flag is not named or declared properly',
    explanation:
      'Flag names are written without leading dashes; `_` and `-` are the same. One resource declares each flag, each element and each entry once.',
  },
  SP2021: {
    title: 'the flag cannot be edited part by part',
    explanation:
      'The value is not a plain comma-separated list: the flag is bare, its value uses quotes, or a part is listed twice. Declare the whole value instead.',
  },
  SP2022: {
    title: 'the list would be left empty',
    explanation:
      'The flag is the only item of command or args, and an empty list means something else than no list. Remove the list by hand.',
  },
  SP2023: {
    title: 'the edit would not be safe',
    explanation:
      'Every edit is proved before anything is written: the new text parses, decodes to the old content with exactly the planned differences, and keeps every other byte. The proof failed, so nothing was changed. Please report the manifest.',
  },
  SP2024: {
    title: 'recorded state that is not understood',
    explanation:
      'The record of an item was written by another version of setpoint or was changed. Use the newer version, or put the item back by hand.',
  },
  SP2025: {
    title: 'the process of the container cannot be recognised',
    explanation:
      'A restart is proved by the exact command line of the new process. Without command the entry point of the image runs, and a $(VAR) from a field, secret or config map has its value elsewhere, so the manifest does not tell that command line. Write the command out, or set restartProof: weak.',
  },
  SP2040: {
    title: 'the value of the flag holds a line break',
    explanation:
      'Values in plan files are one line of text, so a value of several lines could be neither declared nor compared. `|` and `>` keep the line break at the end of the item: write `|-` or `>-`, which drop it. A value that is meant to have several lines cannot be managed: take the flag out of the plan file; in the manifest it may stay as it is.',
  },
  SP2041: {
    title: 'a file beside the manifest may define the same pod',
    explanation:
      'The kubelet runs every file of the manifest directory whose name does not begin with a dot, whatever its extension. This one cannot be read here, but says that it is the pod of a managed manifest: a copy that was cut off, a template, or YAML that the reader of the kubelet takes. Move it out of the directory.',
  },
  SP2042: {
    title: 'the value of the flag is missing',
    explanation:
      'The flag takes a value, and it is the last item: the component says "flag needs an argument" and does not start. Write `--flag=value`, or remove the item. Nothing is edited, because a flag that were added behind it would become its value.',
  },
  SP2043: {
    title: 'no flag to import',
    explanation:
      '`setpoint import` writes a plan file that declares what the manifest already says. This container has no flag, or none that can be managed, and a plan file needs one at least: write it by hand with the flags that are to be set.',
  },
  SP2030: {
    title: 'not a file mode',
    explanation:
      'Modes are four octal digits in quotes, such as "0600", and need a file to be set on.',
  },
  SP2031: {
    title: 'the bytes of a file are missing',
    explanation:
      'The content to write, or the recorded earlier content to put back, is not there or does not have the expected SHA-256. Nothing was changed. Put the file back by hand from a backup.',
  },
  SP2080: {
    title: 'a mount that cannot be declared so',
    explanation:
      'Each mount of a resource has a path of its own in the container, without a colon, and one path on the host has one volume: with one type and one name. A manifest resource declares flags, mounts, or both.',
  },
  SP2081: {
    title: 'volumes or mounts cannot be edited in this layout',
    explanation:
      'An entry of volumes or volumeMounts has lines of its own in a block list, or stands between plain commas in [ ]. Anything else (comments inside [ ] or { }, values over several lines, a key without a value) is not edited, because the text near an entry would not be all of it. Entries that no plan names may stay as they are.',
  },
  SP2082: {
    title: 'something else is mounted there',
    explanation:
      'The container has a mount at that path already, of another path of the host or of a volume that is none (a secret, a config map, an empty directory). setpoint replaces only mounts that it manages: mount at another path, or take the other one out first.',
  },
  SP2083: {
    title: 'the volume cannot be used',
    explanation:
      'The name that the plan gives to a new volume is taken by another one, the pod has several volumes of that path of which the type is to change, or a mount is to be put back whose volume is gone.',
  },
  SP2084: {
    title: 'a flag names a path that no mount of the container has',
    explanation:
      'A component sees its own image and what is mounted. A declared flag whose name says that it takes a file or a directory (`-file`, `-dir`, `-path`, `-config`, `-cert`, kubeconfigs, and the like) and whose value begins with a slash has to be under a mount, or the component does not start, or writes a log that is lost with its container. The help has the mount to add; `pathCheck: off` in the resource is for paths that the image has. Where the manifest is to be written, its declared flags are looked at. A change set that takes away the mount over a path is refused also for flags of other plans, and for those that only stand in the manifest: keep the mount, or take the flag away with it.',
  },
  SP2085: {
    title: 'a flag names a file that is not on the host',
    explanation:
      'The path is under a mount, but what it is on the host (below `--root`) is not there, or is a directory where a file is wanted, or it is a symbolic link that leads out of its mount: the container follows it among its own files. Files that earlier resources of the plan or earlier plans write count as there; the empty one that FileOrCreate would make does not. A file that the same plan declares after the manifest would come too late: declare it before. A change set that deletes a file which a flag of a managed manifest names is refused as well, whichever plan declares the file and the flag, and whether or not the manifest is written: the component that runs has read it, and its next start does not find it. Keep the file, or give the flag another value, or take it away, in the same change.',
  },
  SP2086: {
    title: 'a log needs a directory that can be written',
    explanation:
      'Logs are rotated by renaming: the component moves the file away and creates it anew. That needs a mount of the directory, not of the file, and one that is not read-only. Give the log a directory of its own: a mount that opens a directory with other things in it, such as `/etc/kubernetes/pki`, gives them away.',
  },
  SP2087: {
    title: 'the host does not have what is to be mounted',
    explanation:
      'The kubelet compares the type of a hostPath volume with the host before it starts the pod, and does not start it when they differ. DirectoryOrCreate and FileOrCreate create what is missing.',
  },
  SP2088: {
    title: 'paths that flags name were not looked at',
    explanation:
      'The set was planned from the record, or by somebody who may not look there: whether the files that flags and mounts name are on the host is only known to `plan` and `apply` there, which refuse when they are not (SP2085, SP2087).',
  },
  SP2089: {
    title: 'the volume whose type would change has other mounts',
    explanation:
      'A declared `type` is written to the hostPath volume that the manifest already has for that path. Mounts that no plan declares use the same volume here, and the kubelet would check or create something else for them from then on. Leave `type` out: then any type will do. Or declare those mounts as well, which makes the change one of the plan.',
  },
  SP2090: {
    title: 'the kubelet looks for static pods elsewhere',
    explanation:
      'The kubelet runs the files of one directory, and nothing below it. Its configuration, where kubeadm puts it (/var/lib/kubelet/config.yaml below `--root`), names another one as staticPodPath, so that the manifest that is to be written would be run by nobody. Correct the path of the resource. Nothing is said where the flags of the kubelet (/var/lib/kubelet/kubeadm-flags.env) name a directory or other settings.',
  },
} as const satisfies Record<string, CodeEntry>;
