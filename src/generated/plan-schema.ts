// Generated from schemas/ by scripts/generate.ts. Do not edit.
export const planSchema: Readonly<Record<string, unknown>> = {
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "$id": "urn:setpoint:schema:plan:v1",
 "title": "Plan file",
 "description": "Desired state of something on hosts. One plan file is one unit of change, of commit and of revert.",
 "type": "object",
 "properties": {
  "setpoint": {
   "title": "Format version",
   "description": "Version of the plan file format; always `v1`.",
   "const": "v1"
  },
  "name": {
   "$ref": "#/$defs/name",
   "description": "Name of the plan, unique in the workspace; letters a-z, digits and dashes."
  },
  "description": {
   "description": "What this plan is for, in one sentence; goes into history.",
   "type": "string"
  },
  "hosts": {
   "type": "array",
   "minItems": 1,
   "items": {
    "$ref": "#/$defs/hostGlob"
   },
   "description": "Globs on the host name; `!` takes hosts out again. Default: every host."
  },
  "after": {
   "type": "array",
   "items": {
    "$ref": "#/$defs/name"
   },
   "description": "Plans that must be applied on the same host before this one."
  },
  "vars": {
   "$ref": "#/$defs/variables",
   "description": "Variables for `${vars.NAME}`."
  },
  "hostVars": {
   "type": "object",
   "additionalProperties": {
    "$ref": "#/$defs/variables"
   },
   "description": "Variables by host name or glob; they win over `vars`, an exact name wins over a glob, a later glob over an earlier one."
  },
  "resources": {
   "type": "object",
   "minProperties": 1,
   "propertyNames": {
    "$ref": "#/$defs/name"
   },
   "additionalProperties": {
    "$ref": "#/$defs/resource"
   },
   "description": "What this plan manages, by resource id; applied in file order."
  },
  "gates": {
   "$ref": "#/$defs/planGates",
   "description": "Health checks after all resources of this plan."
  },
  "catalogue": {
   "$ref": "#/$defs/catalogueRule",
   "description": "`catalogue:` of the manifest resources of this plan that do not say it themselves. Default: `catalogue:` of `setpoint.yaml`, else strict."
  }
 },
 "required": [
  "setpoint",
  "name",
  "resources"
 ],
 "additionalProperties": false,
 "$defs": {
  "name": {
   "title": "Name",
   "type": "string",
   "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
  },
  "hostGlob": {
   "title": "Host glob",
   "description": "Glob on the host name, e.g. `cp-*`; with a leading `!` it takes hosts out again.",
   "type": "string",
   "minLength": 1
  },
  "variables": {
   "title": "Variables",
   "type": "object",
   "propertyNames": {
    "$ref": "#/$defs/variableName"
   },
   "additionalProperties": {
    "$ref": "#/$defs/variableValue"
   }
  },
  "variableName": {
   "title": "Variable name",
   "type": "string",
   "pattern": "^[A-Za-z_][A-Za-z0-9_-]{0,63}$"
  },
  "variableValue": {
   "title": "Variable value",
   "description": "Any value. It cannot refer to other variables."
  },
  "reference": {
   "title": "Variable reference",
   "description": "Text with `${vars.NAME}` or `${host.name}`. A reference alone keeps the type of its value; `$${` is a literal `${`.",
   "type": "string",
   "pattern": "(^|[^$])\\$\\{"
  },
  "catalogueRule": {
   "title": "Catalogue rule",
   "enum": [
    "strict",
    "lenient",
    "off"
   ]
  },
  "text": {
   "title": "Text",
   "type": "string",
   "minLength": 1
  },
  "duration": {
   "title": "Duration",
   "description": "Go-style duration with unit: `300s`, `1m30s`, `500ms`, `1h`.",
   "type": "string",
   "pattern": "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$"
  },
  "successes": {
   "title": "Count",
   "type": "integer",
   "minimum": 1,
   "maximum": 1000
  },
  "port": {
   "title": "Port",
   "type": "integer",
   "minimum": 1,
   "maximum": 65535
  },
  "exitCode": {
   "title": "Exit code",
   "type": "integer",
   "minimum": 0,
   "maximum": 255
  },
  "httpStatus": {
   "title": "HTTP status",
   "type": "integer",
   "minimum": 100,
   "maximum": 599
  },
  "httpUrl": {
   "title": "URL",
   "type": "string",
   "pattern": "^https?://"
  },
  "hostPath": {
   "title": "Host path",
   "type": "string",
   "pattern": "^/"
  },
  "mode": {
   "title": "File mode",
   "description": "Permission bits in octal, in quotes: `\"0600\"`.",
   "type": "string",
   "pattern": "^[0-7]{3,4}$"
  },
  "fileReference": {
   "title": "File",
   "type": "string",
   "minLength": 1
  },
  "argv": {
   "title": "Argument array",
   "type": "array",
   "minItems": 1,
   "items": {
    "title": "Argument",
    "type": "string"
   }
  },
  "headers": {
   "title": "Headers",
   "type": "object",
   "propertyNames": {
    "$ref": "#/$defs/headerName"
   },
   "additionalProperties": {
    "title": "Header value",
    "type": "string"
   }
  },
  "headerName": {
   "title": "Header name",
   "type": "string",
   "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
  },
  "textExpectation": {
   "title": "Expected text",
   "type": "object",
   "minProperties": 1,
   "additionalProperties": false,
   "properties": {
    "contains": {
     "$ref": "#/$defs/text",
     "description": "Text that must occur."
    },
    "matches": {
     "$ref": "#/$defs/text",
     "description": "JavaScript regular expression that must match."
    }
   }
  },
  "resource": {
   "title": "Resource",
   "description": "One managed thing; `kind` says what.",
   "type": "object",
   "required": [
    "kind"
   ],
   "discriminator": {
    "propertyName": "kind"
   },
   "oneOf": [
    {
     "$ref": "#/$defs/manifest"
    },
    {
     "$ref": "#/$defs/file"
    },
    {
     "$ref": "#/$defs/crontab"
    },
    {
     "$ref": "#/$defs/schedule"
    },
    {
     "$ref": "#/$defs/cronjob"
    }
   ]
  },
  "manifest": {
   "title": "Manifest resource",
   "description": "Flags and mounts of one container in a static-pod manifest.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "manifest",
     "description": "Flags and mounts in a static-pod manifest."
    },
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Absolute path on the managed host."
    },
    "container": {
     "anyOf": [
      {
       "$ref": "#/$defs/containerName"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Name of the container. Default: the only one."
    },
    "flags": {
     "$ref": "#/$defs/flags",
     "description": "Flags by name, without leading dashes."
    },
    "mounts": {
     "$ref": "#/$defs/mounts",
     "description": "Directories and files of the host that the container sees: a hostPath volume and a mount for each."
    },
    "pathCheck": {
     "enum": [
      "strict",
      "off"
     ],
     "default": "strict",
     "description": "`strict`: flags that name files and directories are compared with the mounts of the container and with the host before anything is written. `off`: not, for paths inside of the image. Default: strict."
    },
    "gates": {
     "$ref": "#/$defs/resourceGates",
     "description": "`default`: what the file itself implies (restart proof and probes of a manifest). A list replaces it, `[]` means none."
    },
    "audits": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/manifestAudit"
     },
     "description": "Checks, after the gates, that the change had its intended effect, and rows of the CIS benchmark such as `cis-1.12/1.2.15`; red means revert."
    },
    "onChange": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/action"
     },
     "description": "Commands run after the file was written and before the gates, and again after a revert."
    },
    "restartProof": {
     "enum": [
      "strict",
      "weak"
     ],
     "default": "strict",
     "description": "`strict`: a new process with the expected arguments must be seen. `weak`: health answers are enough where processes cannot be seen. Default: strict."
    },
    "catalogue": {
     "$ref": "#/$defs/catalogueRule",
     "description": "How flags are checked against those that the component has in the version of the manifest's image. `strict`: what it does not have, or would not take, is refused, and so is a version that is not known. `lenient`: warnings instead, and the nearest known version stands in for an unknown one. `off`: nothing is looked up. Default: `catalogue:` of the plan file, else of `setpoint.yaml`, else strict."
    },
    "probes": {
     "enum": [
      "keep",
      "follow"
     ],
     "default": "keep",
     "description": "`follow`: where a declared flag changes the address that the component listens on, host, port and scheme of the container's own httpGet and tcpSocket probes change with it, and return with it. Default: keep."
    },
    "uid": {
     "const": "renew",
     "description": "The manifest sets metadata.uid (RKE2, OpenShift): with every change it gets another one, which follows from the content, because the kubelet restarts such a pod for a new uid only."
    },
    "irreversible": {
     "const": "acknowledged",
     "description": "A change that no restored file takes back, such as encryption at rest, is wanted all the same."
    },
    "record": {
     "enum": [
      "full",
      "items",
      "digest"
     ],
     "description": "How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the flags with their values. Default: full, but items for a file that looks like it holds a secret."
    },
    "write": {
     "enum": [
      "replace",
      "in-place"
     ],
     "default": "replace",
     "description": "`replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace."
    }
   },
   "required": [
    "kind",
    "path"
   ],
   "additionalProperties": false
  },
  "containerName": {
   "title": "Container name",
   "type": "string",
   "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
  },
  "flags": {
   "title": "Flags",
   "type": "object",
   "minProperties": 1,
   "propertyNames": {
    "$ref": "#/$defs/flagName"
   },
   "additionalProperties": {
    "$ref": "#/$defs/flagValue"
   }
  },
  "flagName": {
   "title": "Flag name",
   "type": "string",
   "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$"
  },
  "flagValue": {
   "title": "Flag value",
   "description": "A scalar is the exact text of the value; `null`: the flag must not be set; `include`/`exclude`: elements of a list flag; `entries`: entries of a map flag.",
   "type": [
    "string",
    "number",
    "boolean",
    "null",
    "object"
   ],
   "properties": {
    "include": {
     "anyOf": [
      {
       "$ref": "#/$defs/flagElements"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Elements that the list must hold."
    },
    "exclude": {
     "anyOf": [
      {
       "$ref": "#/$defs/flagElements"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Elements that the list must not hold."
    },
    "entries": {
     "$ref": "#/$defs/flagEntries",
     "description": "Entries that the map must hold; `null`: must not hold."
    }
   },
   "additionalProperties": false,
   "minProperties": 1
  },
  "flagElements": {
   "title": "List elements",
   "type": "array",
   "items": {
    "title": "List element",
    "type": [
     "string",
     "number",
     "boolean"
    ]
   }
  },
  "flagEntries": {
   "title": "Map entries",
   "type": "object",
   "minProperties": 1,
   "additionalProperties": {
    "title": "Entry value",
    "type": [
     "string",
     "number",
     "boolean",
     "null"
    ]
   }
  },
  "mounts": {
   "title": "Mounts",
   "type": "array",
   "minItems": 1,
   "items": {
    "$ref": "#/$defs/mount"
   }
  },
  "mount": {
   "title": "Mount",
   "type": "object",
   "properties": {
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Where the container sees it."
    },
    "hostPath": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "What it is on the host. Default: the same path."
    },
    "readOnly": {
     "type": "boolean",
     "description": "The container cannot write there. Default: a new mount may be written to; one that is there stays as it is."
    },
    "type": {
     "enum": [
      "",
      "DirectoryOrCreate",
      "Directory",
      "FileOrCreate",
      "File",
      "Socket",
      "CharDevice",
      "BlockDevice"
     ],
     "description": "What the kubelet checks or creates on the host before the pod starts; `\"\"`: nothing. Default: nothing for a new volume; a volume that is there keeps its type."
    },
    "name": {
     "$ref": "#/$defs/name",
     "description": "Name of the volume if it has to be added. Default: from the path on the host."
    }
   },
   "required": [
    "path"
   ],
   "additionalProperties": false
  },
  "file": {
   "title": "File resource",
   "description": "A whole file: its content, or its absence.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "file",
     "description": "A whole file."
    },
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Absolute path on the managed host."
    },
    "source": {
     "anyOf": [
      {
       "$ref": "#/$defs/workspacePath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "File of the workspace that holds the content; relative to the top of the workspace."
    },
    "content": {
     "type": "string",
     "description": "The content itself."
    },
    "absent": {
     "const": true,
     "description": "The file must not exist."
    },
    "mode": {
     "anyOf": [
      {
       "$ref": "#/$defs/mode"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Permission bits in octal, in quotes. Default: kept, or 0644 for a new file."
    },
    "gates": {
     "$ref": "#/$defs/resourceGates",
     "description": "`default`: what the file itself implies (restart proof and probes of a manifest). A list replaces it, `[]` means none."
    },
    "audits": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/audit"
     },
     "description": "Checks, after the gates, that the change had its intended effect; red means revert."
    },
    "onChange": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/action"
     },
     "description": "Commands run after the file was written and before the gates, and again after a revert."
    },
    "record": {
     "enum": [
      "full",
      "items",
      "digest"
     ],
     "description": "How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `digest`: no copies, only SHA-256 digests. Default: full, but digest for content that looks like a secret."
    },
    "write": {
     "enum": [
      "replace",
      "in-place"
     ],
     "default": "replace",
     "description": "`replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace."
    }
   },
   "required": [
    "kind",
    "path"
   ],
   "additionalProperties": false,
   "oneOf": [
    {
     "required": [
      "source"
     ]
    },
    {
     "required": [
      "content"
     ]
    },
    {
     "required": [
      "absent"
     ]
    }
   ]
  },
  "crontab": {
   "title": "Crontab resource",
   "description": "Jobs and environment of cron; only the lines it declares are touched.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "crontab",
     "description": "Lines of a crontab."
    },
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "`/etc/crontab` or a file of `/etc/cron.d`. Excludes `user`."
    },
    "user": {
     "anyOf": [
      {
       "$ref": "#/$defs/text"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "The crontab of this user in `/var/spool/cron/crontabs`. Excludes `path`."
    },
    "jobs": {
     "$ref": "#/$defs/cronJobs",
     "description": "Jobs by id, unique in the file; `null`: must not exist."
    },
    "environment": {
     "$ref": "#/$defs/cronEnvironment",
     "description": "Settings for these jobs, by name: they stand below every other job of the file."
    },
    "escapePercent": {
     "type": "boolean",
     "default": true,
     "description": "`%` of a command is written as `\\%`, so that the shell gets the command as declared. `false`: commands are written as a crontab has them, where `%` begins what the command reads. Default: true."
    },
    "gates": {
     "$ref": "#/$defs/resourceGates",
     "description": "`default`: what the file itself implies (restart proof and probes of a manifest). A list replaces it, `[]` means none."
    },
    "audits": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/audit"
     },
     "description": "Checks, after the gates, that the change had its intended effect; red means revert."
    },
    "onChange": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/action"
     },
     "description": "Commands run after the file was written and before the gates, and again after a revert."
    },
    "record": {
     "enum": [
      "full",
      "items"
     ],
     "description": "How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared lines. Default: full, but items for a file that looks like it holds a secret."
    }
   },
   "required": [
    "kind"
   ],
   "additionalProperties": false
  },
  "cronJobs": {
   "title": "Cron jobs",
   "type": "object",
   "minProperties": 1,
   "propertyNames": {
    "$ref": "#/$defs/name"
   },
   "additionalProperties": {
    "anyOf": [
     {
      "$ref": "#/$defs/cronJob"
     },
     {
      "type": "null"
     }
    ]
   }
  },
  "cronJob": {
   "title": "Cron job",
   "type": "object",
   "properties": {
    "schedule": {
     "type": "string",
     "minLength": 1,
     "description": "Five fields, or a word such as `@daily`, as Debian's cron reads them."
    },
    "user": {
     "type": "string",
     "minLength": 1,
     "description": "User that it runs as; only and always in `/etc/crontab` and `/etc/cron.d`."
    },
    "command": {
     "type": "string",
     "minLength": 1,
     "description": "What the shell is to run; one line."
    }
   },
   "required": [
    "schedule",
    "command"
   ],
   "additionalProperties": false
  },
  "cronEnvironment": {
   "title": "Cron environment",
   "type": "object",
   "minProperties": 1,
   "propertyNames": {
    "title": "Environment name",
    "type": "string",
    "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"
   },
   "additionalProperties": {
    "title": "Environment value",
    "type": [
     "string",
     "number",
     "boolean"
    ]
   }
  },
  "workspacePath": {
   "title": "Workspace path",
   "type": "string",
   "minLength": 1
  },
  "resourceGates": {
   "title": "Gates of a resource",
   "type": [
    "string",
    "array"
   ],
   "items": {
    "$ref": "#/$defs/gate"
   },
   "if": {
    "type": "string"
   },
   "then": {
    "anyOf": [
     {
      "title": "Default gates",
      "const": "default"
     },
     {
      "$ref": "#/$defs/reference"
     }
    ]
   }
  },
  "planGates": {
   "title": "Gates of a plan",
   "type": "array",
   "items": {
    "$ref": "#/$defs/gate"
   }
  },
  "gate": {
   "title": "Gate",
   "description": "A health check; `kind` says how.",
   "type": "object",
   "required": [
    "kind"
   ],
   "discriminator": {
    "propertyName": "kind"
   },
   "oneOf": [
    {
     "$ref": "#/$defs/httpGate"
    },
    {
     "$ref": "#/$defs/tcpGate"
    },
    {
     "$ref": "#/$defs/commandGate"
    },
    {
     "$ref": "#/$defs/processGate"
    },
    {
     "$ref": "#/$defs/etcdQuorumGate"
    }
   ]
  },
  "audit": {
   "title": "Audit",
   "description": "A check that the change had its effect; `kind` says how.",
   "type": "object",
   "required": [
    "kind"
   ],
   "discriminator": {
    "propertyName": "kind"
   },
   "oneOf": [
    {
     "$ref": "#/$defs/httpAudit"
    },
    {
     "$ref": "#/$defs/tcpAudit"
    },
    {
     "$ref": "#/$defs/commandAudit"
    },
    {
     "$ref": "#/$defs/processAudit"
    }
   ]
  },
  "manifestAudit": {
   "title": "Audit of a manifest",
   "description": "A check that the change had its effect, or a row of the CIS benchmark that the container has to pass.",
   "anyOf": [
    {
     "$ref": "#/$defs/cisRow"
    },
    {
     "$ref": "#/$defs/audit"
    },
    {
     "$ref": "#/$defs/reference"
    }
   ]
  },
  "cisRow": {
   "title": "Row of a benchmark",
   "description": "`cis-1.12/1.2.15`; `cis/1.2.15` for the version that `cis:` in `setpoint.yaml` names.",
   "type": "string",
   "pattern": "^cis(-[0-9]+\\.[0-9]+)?/[0-9]+(\\.[0-9]+)+$"
  },
  "httpGate": {
   "title": "HTTP gate",
   "description": "A health check that asks an HTTP or HTTPS endpoint; red means revert.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "http",
     "description": "A check that asks an HTTP or HTTPS endpoint."
    },
    "url": {
     "anyOf": [
      {
       "$ref": "#/$defs/httpUrl"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "URL to ask, http or https, e.g. `https://127.0.0.1:6443/readyz`."
    },
    "method": {
     "enum": [
      "GET",
      "HEAD",
      "POST"
     ],
     "default": "GET",
     "description": "Request method. Default: GET."
    },
    "status": {
     "type": "array",
     "minItems": 1,
     "items": {
      "anyOf": [
       {
        "$ref": "#/$defs/httpStatus"
       },
       {
        "$ref": "#/$defs/reference"
       }
      ]
     },
     "description": "Accepted status codes. Default: 200 to 399."
    },
    "body": {
     "$ref": "#/$defs/textExpectation",
     "description": "What the answer body must hold."
    },
    "expectHeaders": {
     "$ref": "#/$defs/headers",
     "description": "Response headers that must have exactly these values."
    },
    "headers": {
     "$ref": "#/$defs/headers",
     "description": "Request headers to send."
    },
    "ca": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the certificate authority: absolute = on the host, otherwise in the workspace."
    },
    "cert": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client certificate: absolute = on the host, otherwise in the workspace."
    },
    "key": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client key: absolute = on the host, otherwise in the workspace."
    },
    "kubeconfig": {
     "$ref": "#/$defs/fileReference",
     "description": "Kubeconfig that gives CA and client credentials: absolute = on the host, otherwise in the workspace."
    },
    "insecureSkipVerify": {
     "type": "boolean",
     "default": false,
     "description": "Accept any server certificate. Default: false."
    },
    "id": {
     "$ref": "#/$defs/name",
     "description": "Name of this gate in reports, unique in the plan. Default: from its place, e.g. `apiserver[0]`."
    },
    "phases": {
     "type": "array",
     "minItems": 1,
     "items": {
      "title": "Gate phase",
      "enum": [
       "before",
       "after",
       "revert"
      ]
     },
     "description": "When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint."
    },
    "within": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "300s",
     "description": "Deadline for the whole gate. Default: 300s."
    },
    "every": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "anyOf": [
      {
       "$ref": "#/$defs/successes"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "required": [
    "kind",
    "url"
   ],
   "additionalProperties": false
  },
  "httpAudit": {
   "title": "HTTP audit",
   "description": "A check, after the gates, that the change had its effect; it asks an HTTP or HTTPS endpoint.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "http",
     "description": "A check that asks an HTTP or HTTPS endpoint."
    },
    "url": {
     "anyOf": [
      {
       "$ref": "#/$defs/httpUrl"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "URL to ask, http or https, e.g. `https://127.0.0.1:6443/readyz`."
    },
    "method": {
     "enum": [
      "GET",
      "HEAD",
      "POST"
     ],
     "default": "GET",
     "description": "Request method. Default: GET."
    },
    "status": {
     "type": "array",
     "minItems": 1,
     "items": {
      "anyOf": [
       {
        "$ref": "#/$defs/httpStatus"
       },
       {
        "$ref": "#/$defs/reference"
       }
      ]
     },
     "description": "Accepted status codes. Default: 200 to 399."
    },
    "body": {
     "$ref": "#/$defs/textExpectation",
     "description": "What the answer body must hold."
    },
    "expectHeaders": {
     "$ref": "#/$defs/headers",
     "description": "Response headers that must have exactly these values."
    },
    "headers": {
     "$ref": "#/$defs/headers",
     "description": "Request headers to send."
    },
    "ca": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the certificate authority: absolute = on the host, otherwise in the workspace."
    },
    "cert": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client certificate: absolute = on the host, otherwise in the workspace."
    },
    "key": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client key: absolute = on the host, otherwise in the workspace."
    },
    "kubeconfig": {
     "$ref": "#/$defs/fileReference",
     "description": "Kubeconfig that gives CA and client credentials: absolute = on the host, otherwise in the workspace."
    },
    "insecureSkipVerify": {
     "type": "boolean",
     "default": false,
     "description": "Accept any server certificate. Default: false."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for the check. Default: 10s."
    }
   },
   "required": [
    "kind",
    "url"
   ],
   "additionalProperties": false
  },
  "tcpGate": {
   "title": "TCP gate",
   "description": "A health check that opens a TCP connection; red means revert.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "tcp",
     "description": "A check that opens a TCP connection."
    },
    "host": {
     "$ref": "#/$defs/text",
     "description": "Address or name to connect to."
    },
    "port": {
     "anyOf": [
      {
       "$ref": "#/$defs/port"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "TCP port, 1 to 65535."
    },
    "id": {
     "$ref": "#/$defs/name",
     "description": "Name of this gate in reports, unique in the plan. Default: from its place, e.g. `apiserver[0]`."
    },
    "phases": {
     "type": "array",
     "minItems": 1,
     "items": {
      "title": "Gate phase",
      "enum": [
       "before",
       "after",
       "revert"
      ]
     },
     "description": "When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint."
    },
    "within": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "300s",
     "description": "Deadline for the whole gate. Default: 300s."
    },
    "every": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "anyOf": [
      {
       "$ref": "#/$defs/successes"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "required": [
    "kind",
    "host",
    "port"
   ],
   "additionalProperties": false
  },
  "tcpAudit": {
   "title": "TCP audit",
   "description": "A check, after the gates, that the change had its effect; it opens a TCP connection.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "tcp",
     "description": "A check that opens a TCP connection."
    },
    "host": {
     "$ref": "#/$defs/text",
     "description": "Address or name to connect to."
    },
    "port": {
     "anyOf": [
      {
       "$ref": "#/$defs/port"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "TCP port, 1 to 65535."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for the check. Default: 10s."
    }
   },
   "required": [
    "kind",
    "host",
    "port"
   ],
   "additionalProperties": false
  },
  "commandGate": {
   "title": "Command gate",
   "description": "A health check that runs a program; red means revert.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "command",
     "description": "A check that runs a program."
    },
    "run": {
     "$ref": "#/$defs/argv",
     "description": "Program and arguments, never a shell line. `./script.sh` is a file of the workspace."
    },
    "exitCode": {
     "anyOf": [
      {
       "$ref": "#/$defs/exitCode"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 0,
     "description": "Exit code that counts as good. Default: 0."
    },
    "output": {
     "$ref": "#/$defs/textExpectation",
     "description": "What standard output must hold."
    },
    "id": {
     "$ref": "#/$defs/name",
     "description": "Name of this gate in reports, unique in the plan. Default: from its place, e.g. `apiserver[0]`."
    },
    "phases": {
     "type": "array",
     "minItems": 1,
     "items": {
      "title": "Gate phase",
      "enum": [
       "before",
       "after",
       "revert"
      ]
     },
     "description": "When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint."
    },
    "within": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "300s",
     "description": "Deadline for the whole gate. Default: 300s."
    },
    "every": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "anyOf": [
      {
       "$ref": "#/$defs/successes"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "required": [
    "kind",
    "run"
   ],
   "additionalProperties": false
  },
  "commandAudit": {
   "title": "Command audit",
   "description": "A check, after the gates, that the change had its effect; it runs a program.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "command",
     "description": "A check that runs a program."
    },
    "run": {
     "$ref": "#/$defs/argv",
     "description": "Program and arguments, never a shell line. `./script.sh` is a file of the workspace."
    },
    "exitCode": {
     "anyOf": [
      {
       "$ref": "#/$defs/exitCode"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 0,
     "description": "Exit code that counts as good. Default: 0."
    },
    "output": {
     "$ref": "#/$defs/textExpectation",
     "description": "What standard output must hold."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for the check. Default: 10s."
    }
   },
   "required": [
    "kind",
    "run"
   ],
   "additionalProperties": false
  },
  "etcdQuorumGate": {
   "title": "etcd quorum gate",
   "description": "A health check of an etcd cluster: it has quorum, and keeps it when one more member is lost; red means revert.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "etcd-quorum",
     "description": "A check that counts the healthy members of an etcd cluster."
    },
    "endpoints": {
     "type": "array",
     "minItems": 1,
     "items": {
      "anyOf": [
       {
        "$ref": "#/$defs/httpUrl"
       },
       {
        "$ref": "#/$defs/reference"
       }
      ]
     },
     "description": "Client URLs; the first that answers names the members, e.g. `https://127.0.0.1:2379`."
    },
    "ca": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the certificate authority: absolute = on the host, otherwise in the workspace."
    },
    "cert": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client certificate: absolute = on the host, otherwise in the workspace."
    },
    "key": {
     "$ref": "#/$defs/fileReference",
     "description": "PEM file of the client key: absolute = on the host, otherwise in the workspace."
    },
    "insecureSkipVerify": {
     "type": "boolean",
     "default": false,
     "description": "Accept any server certificate. Default: false."
    },
    "id": {
     "$ref": "#/$defs/name",
     "description": "Name of this gate in reports, unique in the plan. Default: from its place, e.g. `apiserver[0]`."
    },
    "phases": {
     "type": "array",
     "minItems": 1,
     "items": {
      "title": "Gate phase",
      "enum": [
       "before",
       "after",
       "revert"
      ]
     },
     "description": "When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint."
    },
    "within": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "300s",
     "description": "Deadline for the whole gate. Default: 300s."
    },
    "every": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "anyOf": [
      {
       "$ref": "#/$defs/successes"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "required": [
    "kind",
    "endpoints"
   ],
   "additionalProperties": false
  },
  "processGate": {
   "title": "Process gate",
   "description": "A health check that looks for a running process; red means revert.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "process",
     "description": "A check that looks for a running process."
    },
    "argv": {
     "$ref": "#/$defs/argv",
     "description": "Exact argument vector of a process that must run and stay up."
    },
    "replaces": {
     "$ref": "#/$defs/argv",
     "description": "Argument vector that must be gone."
    },
    "listens": {
     "type": "array",
     "minItems": 1,
     "items": {
      "anyOf": [
       {
        "$ref": "#/$defs/port"
       },
       {
        "$ref": "#/$defs/reference"
       }
      ]
     },
     "description": "TCP ports that the process itself (or a child, or a new process of its pod) has to listen on, and nobody beside it."
    },
    "id": {
     "$ref": "#/$defs/name",
     "description": "Name of this gate in reports, unique in the plan. Default: from its place, e.g. `apiserver[0]`."
    },
    "phases": {
     "type": "array",
     "minItems": 1,
     "items": {
      "title": "Gate phase",
      "enum": [
       "before",
       "after",
       "revert"
      ]
     },
     "description": "When the gate is judged. Default: before, after and revert. Say `[after]` when the plan itself creates the endpoint."
    },
    "within": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "300s",
     "description": "Deadline for the whole gate. Default: 300s."
    },
    "every": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "anyOf": [
      {
       "$ref": "#/$defs/successes"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "required": [
    "kind",
    "argv"
   ],
   "additionalProperties": false
  },
  "processAudit": {
   "title": "Process audit",
   "description": "A check, after the gates, that the change had its effect; it looks for a running process.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "process",
     "description": "A check that looks for a running process."
    },
    "argv": {
     "$ref": "#/$defs/argv",
     "description": "Exact argument vector of a process that must run and stay up."
    },
    "replaces": {
     "$ref": "#/$defs/argv",
     "description": "Argument vector that must be gone."
    },
    "listens": {
     "type": "array",
     "minItems": 1,
     "items": {
      "anyOf": [
       {
        "$ref": "#/$defs/port"
       },
       {
        "$ref": "#/$defs/reference"
       }
      ]
     },
     "description": "TCP ports that the process itself (or a child, or a new process of its pod) has to listen on, and nobody beside it."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "10s",
     "description": "Limit for the check. Default: 10s."
    }
   },
   "required": [
    "kind",
    "argv"
   ],
   "additionalProperties": false
  },
  "action": {
   "title": "Action",
   "description": "A command after the file was written, and again after a revert.",
   "type": "object",
   "properties": {
    "run": {
     "$ref": "#/$defs/argv",
     "description": "Program and arguments, never a shell line. `./script.sh` is a file of the workspace."
    },
    "timeout": {
     "anyOf": [
      {
       "$ref": "#/$defs/duration"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "default": "60s",
     "description": "Limit for the command. Default: 60s."
    }
   },
   "required": [
    "run"
   ],
   "additionalProperties": false
  },
  "schedule": {
   "title": "Schedule resource",
   "description": "Entries of a list of jobs in a YAML or JSON file, each owned for itself; everything else in the file stays byte for byte.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "schedule",
     "description": "Entries of a list of jobs in a YAML or JSON file."
    },
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Absolute path on the managed host."
    },
    "dialect": {
     "enum": [
      "kubernetes",
      "crontab",
      "extended"
     ],
     "description": "Who reads the schedules: `kubernetes` (robfig/cron v3, as CronJobs), `crontab` (Debian's cron), `extended` (cron-parser: seconds, L, # and H). They look alike and mean different things, so there is no default."
    },
    "entries": {
     "title": "Entries",
     "type": "object",
     "minProperties": 1,
     "additionalProperties": {
      "$ref": "#/$defs/scheduleEntry"
     },
     "description": "Entries by name: all their fields but the name, as they are to be; `null`: there must be none of that name."
    },
    "global": {
     "title": "Global settings",
     "type": "object",
     "minProperties": 1,
     "description": "Fields of `global` in the document, each owned for itself; `null`: must not be there."
    },
    "list": {
     "$ref": "#/$defs/listPath",
     "description": "Keys that lead to the list, with dots: `jobs.items`; `\"\"`: the document is the list. Default: schedules."
    },
    "key": {
     "$ref": "#/$defs/fieldName",
     "description": "Field of an entry that names it. Default: skill_name."
    },
    "scheduleField": {
     "$ref": "#/$defs/fieldName",
     "description": "Field of an entry that says when it runs. Default: schedule."
    },
    "schema": {
     "anyOf": [
      {
       "$ref": "#/$defs/workspacePath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "JSON Schema of the whole file, a file of the workspace (2020-12 or draft-07, complete in itself), or `none`. Default: `setpoint schema schedule-file`, but none where `list`, `key` or `scheduleField` say another form."
    },
    "gates": {
     "$ref": "#/$defs/resourceGates",
     "description": "`default`: what the file itself implies (restart proof and probes of a manifest). A list replaces it, `[]` means none."
    },
    "audits": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/audit"
     },
     "description": "Checks, after the gates, that the change had its intended effect; red means revert."
    },
    "onChange": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/action"
     },
     "description": "Commands run after the file was written and before the gates, and again after a revert."
    },
    "record": {
     "enum": [
      "full",
      "items",
      "digest"
     ],
     "description": "How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared entries with their values. Default: full, but items for a file that looks like it holds a secret."
    },
    "write": {
     "enum": [
      "replace",
      "in-place"
     ],
     "default": "replace",
     "description": "`replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace."
    }
   },
   "required": [
    "kind",
    "path",
    "dialect"
   ],
   "additionalProperties": false
  },
  "scheduleEntry": {
   "title": "Entry",
   "type": [
    "object",
    "null"
   ]
  },
  "listPath": {
   "title": "List path",
   "type": "string",
   "pattern": "^([A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*)?$"
  },
  "fieldName": {
   "title": "Field name",
   "type": "string",
   "pattern": "^[A-Za-z0-9_-]+$"
  },
  "cronjob": {
   "title": "CronJob resource",
   "description": "When and how a CronJob runs, in a Kubernetes manifest on disk; only the fields it declares are touched.",
   "type": "object",
   "properties": {
    "kind": {
     "const": "cronjob",
     "description": "Fields of a CronJob in a Kubernetes manifest."
    },
    "path": {
     "anyOf": [
      {
       "$ref": "#/$defs/hostPath"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Absolute path on the managed host."
    },
    "name": {
     "anyOf": [
      {
       "$ref": "#/$defs/text"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Name of the CronJob. Default: the only one of the file."
    },
    "namespace": {
     "anyOf": [
      {
       "$ref": "#/$defs/text"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "Namespace of the CronJob, where its name is not enough. Default: whichever it has."
    },
    "schedule": {
     "anyOf": [
      {
       "$ref": "#/$defs/text"
      },
      {
       "$ref": "#/$defs/reference"
      }
     ],
     "description": "When it runs, as Kubernetes reads it (dialect `kubernetes`)."
    },
    "timeZone": {
     "anyOf": [
      {
       "$ref": "#/$defs/text"
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "IANA name of the zone of the schedule; `null`: none, which is the zone of kube-controller-manager."
    },
    "suspend": {
     "anyOf": [
      {
       "type": "boolean"
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "No more jobs are started; `null`: not said."
    },
    "concurrencyPolicy": {
     "anyOf": [
      {
       "enum": [
        "Allow",
        "Forbid",
        "Replace"
       ]
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "What happens where the last job still runs; `null`: not said."
    },
    "startingDeadlineSeconds": {
     "anyOf": [
      {
       "type": "integer",
       "minimum": 0
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "Seconds after its time in which a job is still started; `null`: without end."
    },
    "successfulJobsHistoryLimit": {
     "anyOf": [
      {
       "type": "integer",
       "minimum": 0
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "How many successful jobs stay; `null`: not said."
    },
    "failedJobsHistoryLimit": {
     "anyOf": [
      {
       "type": "integer",
       "minimum": 0
      },
      {
       "$ref": "#/$defs/reference"
      },
      {
       "type": "null"
      }
     ],
     "description": "How many failed jobs stay; `null`: not said."
    },
    "gates": {
     "$ref": "#/$defs/resourceGates",
     "description": "`default`: what the file itself implies (restart proof and probes of a manifest). A list replaces it, `[]` means none."
    },
    "audits": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/audit"
     },
     "description": "Checks, after the gates, that the change had its intended effect; red means revert."
    },
    "onChange": {
     "type": "array",
     "items": {
      "$ref": "#/$defs/action"
     },
     "description": "Commands run after the file was written and before the gates, and again after a revert."
    },
    "write": {
     "enum": [
      "replace",
      "in-place"
     ],
     "default": "replace",
     "description": "`replace`: a complete new file is renamed over the old one. `in-place`: the file is written through its own inode, for single files that are mount points or are mounted into a container; readers can see it half written. Default: replace."
    },
    "record": {
     "enum": [
      "full",
      "items",
      "digest"
     ],
     "description": "How much of the file the recorded state keeps, which may be pushed to a remote. `full`: copies of the file and of what it was before management. `items`: no copies, only the declared entries with their values. Default: full, but items for a file that looks like it holds a secret."
    }
   },
   "required": [
    "kind",
    "path"
   ],
   "additionalProperties": false
  }
 }
};
