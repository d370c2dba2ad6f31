// Generated from schemas/ by scripts/generate.ts. Do not edit.
export const scheduleFileSchema: Readonly<Record<string, unknown>> = {
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "$id": "urn:setpoint:schema:schedule-file:v1",
 "title": "Schedule file",
 "description": "Jobs and when they run, as YAML or JSON. The dialect of its schedules is not written in it: whoever reads the file decides that, and `dialect` of the resource says it.",
 "type": "object",
 "properties": {
  "version": {
   "title": "Version",
   "description": "Version of the file, as in semver.org.",
   "type": "string",
   "pattern": "^(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z.-]{1,64})?(\\+[0-9A-Za-z.-]{1,64})?$"
  },
  "schedules": {
   "title": "Schedules",
   "description": "One entry for each job; no name occurs twice.",
   "type": "array",
   "maxItems": 10000,
   "items": {
    "$ref": "#/$defs/entry"
   }
  },
  "global": {
   "$ref": "#/$defs/global"
  }
 },
 "required": [
  "version",
  "schedules"
 ],
 "additionalProperties": false,
 "$defs": {
  "entry": {
   "title": "Entry",
   "type": "object",
   "properties": {
    "skill_name": {
     "title": "Name",
     "description": "Name of the job, unique in the file: letters, digits, _ and -.",
     "type": "string",
     "minLength": 1,
     "maxLength": 128,
     "pattern": "^[a-zA-Z0-9_-]+$"
    },
    "schedule": {
     "title": "Schedule",
     "description": "When it runs, in the dialect of whoever reads the file.",
     "type": "string",
     "minLength": 1,
     "maxLength": 256
    },
    "params": {
     "title": "Parameters",
     "description": "What the job is given; any JSON object.",
     "type": "object"
    },
    "enabled": {
     "title": "Enabled",
     "type": "boolean"
    },
    "description": {
     "title": "Description",
     "type": "string",
     "maxLength": 2000
    },
    "tags": {
     "title": "Tags",
     "type": "array",
     "maxItems": 64,
     "items": {
      "title": "Tag",
      "type": "string",
      "minLength": 1,
      "maxLength": 128
     }
    },
    "timeout_seconds": {
     "title": "Time limit",
     "type": "integer",
     "minimum": 1,
     "maximum": 604800
    },
    "retry_count": {
     "title": "Retries",
     "type": "integer",
     "minimum": 0,
     "maximum": 100
    },
    "notification": {
     "title": "Notification",
     "description": "Who is told; its members are those of whoever reads the file.",
     "type": "object"
    }
   },
   "required": [
    "skill_name",
    "schedule"
   ],
   "additionalProperties": false
  },
  "global": {
   "title": "Global settings",
   "type": "object",
   "properties": {
    "timezone": {
     "title": "Time zone",
     "description": "IANA time zone of all schedules, such as Europe/Berlin.",
     "type": "string",
     "minLength": 1,
     "maxLength": 128
    },
    "max_concurrent": {
     "title": "Jobs at once",
     "type": "integer",
     "minimum": 1,
     "maximum": 10000
    },
    "log_level": {
     "title": "Log level",
     "enum": [
      "debug",
      "info",
      "warn",
      "error"
     ]
    },
    "enable_metrics": {
     "title": "Metrics",
     "type": "boolean"
    }
   },
   "additionalProperties": false
  }
 }
};
