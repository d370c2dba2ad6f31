// Generated from schemas/ by scripts/generate.ts. Do not edit.
export const workspaceSchema: Readonly<Record<string, unknown>> = {
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "$id": "urn:setpoint:schema:workspace:v1",
 "title": "Workspace file",
 "description": "`setpoint.yaml` at the top of the git repository that holds `plans/`.",
 "type": "object",
 "properties": {
  "name": {
   "$ref": "#/$defs/name",
   "description": "Name of the workspace. Hosts record it as the owner of what it manages, so never change it."
  },
  "hosts": {
   "type": "array",
   "items": {
    "$ref": "#/$defs/hostName"
   },
   "description": "Names of the hosts that this workspace manages."
  },
  "cis": {
   "enum": [
    "cis-1.9",
    "cis-1.10",
    "cis-1.11",
    "cis-1.12",
    "cis-2.0",
    "cis-2.1"
   ],
   "description": "Version of the CIS Kubernetes benchmark that `setpoint audit` and audits such as `cis/1.2.15` mean. Default: none for those, and the one for the version of the images for `setpoint audit`."
  },
  "catalogue": {
   "enum": [
    "strict",
    "lenient",
    "off"
   ],
   "default": "strict",
   "description": "How the flags of manifests are checked by the catalogue, where neither the resource nor its plan file says it; the values are those of a resource. Default: strict."
  },
  "state": {
   "title": "Recorded state",
   "description": "Where the recorded state of each host is pushed, and how it is signed.",
   "type": "object",
   "properties": {
    "remote": {
     "$ref": "#/$defs/gitRemote",
     "description": "Git URL, or absolute path on the machine that runs setpoint, that recorded state is pushed to after each run; a separate repository is recommended."
    },
    "branch": {
     "$ref": "#/$defs/gitBranch",
     "description": "Folder of the branches at the remote: the branch of a host is BRANCH/HOST. Default: setpoint."
    },
    "signingKey": {
     "title": "Signing key",
     "type": "string",
     "pattern": "^/",
     "description": "Private ssh key, an absolute path on the machine that runs setpoint (not below its root), that signs each commit of the recorded state. Default: none."
    },
    "allowedSigners": {
     "title": "Allowed signers",
     "type": "string",
     "minLength": 1,
     "description": "Allowed signers file (ssh-keygen(1)), absolute or relative to the workspace, that `setpoint state verify` holds signatures against. Default: none."
    }
   },
   "additionalProperties": false
  },
  "gates": {
   "title": "Gate defaults",
   "description": "What gates that do not say otherwise use.",
   "type": "object",
   "properties": {
    "within": {
     "$ref": "#/$defs/duration",
     "default": "300s",
     "description": "Deadline for a whole gate. Default: 300s."
    },
    "every": {
     "$ref": "#/$defs/duration",
     "default": "2s",
     "description": "Pause between two attempts. Default: 2s."
    },
    "timeout": {
     "$ref": "#/$defs/duration",
     "default": "10s",
     "description": "Limit for one attempt. Default: 10s."
    },
    "successes": {
     "$ref": "#/$defs/successes",
     "default": 3,
     "description": "Consecutive good answers that prove health. Default: 3."
    }
   },
   "additionalProperties": false
  },
  "backups": {
   "title": "Backups",
   "description": "How long backups of replaced files are kept (a snapshot stays when any rule wants it) and where they are copied to.",
   "type": "object",
   "properties": {
    "keepLast": {
     "title": "Count",
     "type": "integer",
     "minimum": 1,
     "maximum": 100000,
     "default": 10,
     "description": "Newest snapshots that always stay. Default: 10."
    },
    "keepWithin": {
     "$ref": "#/$defs/duration",
     "default": "168h",
     "description": "Snapshots younger than this stay. Default: 168h (7 days)."
    },
    "hourly": {
     "$ref": "#/$defs/periods",
     "default": 0,
     "description": "For this many hours that have a snapshot, the newest one stays. Default: 0."
    },
    "daily": {
     "$ref": "#/$defs/periods",
     "default": 0,
     "description": "For this many days that have a snapshot, the newest one stays. Default: 0."
    },
    "weekly": {
     "$ref": "#/$defs/periods",
     "default": 0,
     "description": "For this many weeks that have a snapshot, the newest one stays. Default: 0."
    },
    "monthly": {
     "$ref": "#/$defs/periods",
     "default": 0,
     "description": "For this many months that have a snapshot, the newest one stays. Default: 0."
    },
    "mirror": {
     "$ref": "#/$defs/gitRemote",
     "description": "Second place for backups: an absolute path is a directory of the host, anything else a git remote (`file:///srv/backups.git`, `git@host:backups.git`). Updated after each run."
    }
   },
   "additionalProperties": false
  },
  "drift": {
   "title": "Drift",
   "description": "What `setpoint drift` and `setpoint status` do not count as drift.",
   "type": "object",
   "properties": {
    "ignore": {
     "title": "Ignored drift",
     "description": "Rules for what this workspace owns. Apply still writes what plan files declare.",
     "type": "array",
     "items": {
      "$ref": "#/$defs/ignoreRule"
     }
    }
   },
   "additionalProperties": false
  },
  "windows": {
   "title": "Change windows",
   "description": "When plans may change a host. A plan that no `allow` window concerns may be applied at any time that no `deny` window closes; reverts always run.",
   "type": "array",
   "maxItems": 100,
   "items": {
    "$ref": "#/$defs/window"
   }
  },
  "schedules": {
   "title": "Schedules",
   "description": "What `setpoint plan` tells of the schedules that plans change.",
   "type": "object",
   "properties": {
    "warnEvery": {
     "$ref": "#/$defs/duration",
     "default": "2m",
     "description": "Warns of a changed schedule that fires more often than this, from `1m` to `24h`. Default: 2m, which are schedules of every minute, or of seconds."
    }
   },
   "additionalProperties": false
  }
 },
 "required": [
  "name"
 ],
 "additionalProperties": false,
 "$defs": {
  "name": {
   "title": "Name",
   "type": "string",
   "pattern": "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
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
  "hostName": {
   "title": "Host name",
   "type": "string",
   "pattern": "^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"
  },
  "gitRemote": {
   "title": "Git remote",
   "type": "string",
   "pattern": "^[^-\\s]"
  },
  "gitBranch": {
   "title": "Git branch",
   "type": "string",
   "pattern": "^(?![-/])(?!.*(\\.\\.|//|@\\{|\\.lock$|[/.]$))[^\\s~^:?*\\[\\\\$]+$"
  },
  "periods": {
   "title": "Periods",
   "type": "integer",
   "minimum": 0,
   "maximum": 100000
  },
  "ignoreRule": {
   "title": "Rule",
   "type": "object",
   "properties": {
    "path": {
     "$ref": "#/$defs/pathGlob",
     "description": "Glob on paths of the host: `/etc/kubernetes/manifests/*.yaml`; `**` crosses slashes."
    },
    "item": {
     "title": "Item name",
     "type": "string",
     "minLength": 1,
     "description": "One item of the file by its name: a flag (a list flag with all its elements), `content`, `mode` or `owner`. Default: everything."
    },
    "reason": {
     "title": "Reason",
     "type": "string",
     "minLength": 1,
     "description": "Why this is no drift."
    },
    "until": {
     "$ref": "#/$defs/date",
     "description": "The last day on which the rule holds (UTC). After it the rule is a warning and ignores nothing. Default: for good."
    }
   },
   "required": [
    "path",
    "reason"
   ],
   "additionalProperties": false
  },
  "window": {
   "title": "Window",
   "type": "object",
   "properties": {
    "name": {
     "$ref": "#/$defs/name",
     "description": "Its name in messages."
    },
    "allow": {
     "$ref": "#/$defs/cron",
     "description": "When it opens: the plans that it concerns are applied only within it, or within another one that concerns them. Either this or `deny`."
    },
    "deny": {
     "$ref": "#/$defs/cron",
     "description": "When it closes: the plans that it concerns are not applied within it, whatever is allowed. Either this or `allow`."
    },
    "for": {
     "$ref": "#/$defs/duration",
     "description": "How long it lasts each time, from `1m` to `8784h` (366 days), in hours that pass, also where clocks change."
    },
    "zone": {
     "title": "Time zone",
     "type": "string",
     "minLength": 1,
     "description": "IANA name of the zone whose clocks the schedule goes by: `Europe/Berlin`, `UTC`."
    },
    "plans": {
     "title": "Plan patterns",
     "type": "array",
     "minItems": 1,
     "maxItems": 100,
     "items": {
      "title": "Plan pattern",
      "type": "string",
      "minLength": 1
     },
     "description": "Globs on names of plans (`apiserver-*`, `*` for all) and on `PLAN/RESOURCE` (`db/nightly-*`); `*` does not cross the slash."
    },
    "reason": {
     "title": "Reason",
     "type": "string",
     "minLength": 1,
     "description": "Why; shown with a refusal."
    }
   },
   "required": [
    "name",
    "for",
    "zone",
    "plans"
   ],
   "additionalProperties": false
  },
  "cron": {
   "title": "Schedule",
   "type": "string",
   "minLength": 1,
   "description": "Minute, hour, day of month, month, day of week, as Kubernetes' CronJobs read them: `0 22 * * 1-5`; or `@daily` and its like."
  },
  "pathGlob": {
   "title": "Path glob",
   "type": "string",
   "pattern": "^/"
  },
  "date": {
   "title": "Date",
   "type": "string",
   "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
  }
 }
};
