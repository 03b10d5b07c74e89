// Generated from specs/extensions.schema.json by `pnpm generate`. Do not edit.

/** The JSON Schema of the extensions. */
export const extensionsSchema: Readonly<Record<string, unknown>> = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:qontext:sync-log:extensions",
  "title": "The extensions of specs/openapi.yaml",
  "description": "What specs/README.md defines in words. The spec lint checks the extensions of a response by #/$defs/response, of a schema by #/$defs/schema, and of everything else by #/$defs/anywhere.",
  "$ref": "#/$defs/anywhere",
  "$defs": {
    "anywhere": {
      "type": "object",
      "properties": {
        "x-assumption": {
          "$ref": "#/$defs/assumption"
        },
        "x-provenance": {
          "$ref": "#/$defs/provenance"
        }
      },
      "additionalProperties": false
    },
    "response": {
      "type": "object",
      "properties": {
        "x-assumption": {
          "$ref": "#/$defs/assumption"
        },
        "x-provenance": {
          "$ref": "#/$defs/provenance"
        },
        "x-invariants": {
          "$ref": "#/$defs/invariants"
        }
      },
      "additionalProperties": false
    },
    "schema": {
      "type": "object",
      "properties": {
        "x-assumption": {
          "$ref": "#/$defs/assumption"
        },
        "x-provenance": {
          "$ref": "#/$defs/provenance"
        },
        "x-enumDescriptions": {
          "$ref": "#/$defs/enumDescriptions"
        },
        "x-invariants": {
          "$ref": "#/$defs/invariants"
        },
        "x-lifecycle": {
          "$ref": "#/$defs/lifecycle"
        }
      },
      "additionalProperties": false
    },
    "assumption": {
      "description": "What is assumed and why: one or more sentences.",
      "type": "string",
      "pattern": "^\\S[^\\n]*\\.$"
    },
    "provenance": {
      "description": "Where a fact comes from: stated in the API documentation, or taken from one of its examples.",
      "enum": [
        "documented",
        "example"
      ]
    },
    "enumDescriptions": {
      "description": "Each value of the enum beside it with what it means: one or more sentences.",
      "type": "object",
      "additionalProperties": {
        "type": "string",
        "pattern": "^\\S[^\\n]*\\.$"
      },
      "minProperties": 1
    },
    "status": {
      "type": "string",
      "minLength": 1
    },
    "lifecycle": {
      "description": "How the status of a record may change over time.",
      "type": "object",
      "properties": {
        "property": {
          "description": "The property that holds the status.",
          "type": "string",
          "minLength": 1
        },
        "initial": {
          "description": "The status of a new record.",
          "$ref": "#/$defs/status"
        },
        "order": {
          "description": "The statuses of a run that succeeds, first to last; never gone back to.",
          "type": "array",
          "items": {
            "$ref": "#/$defs/status"
          },
          "minItems": 2,
          "uniqueItems": true
        },
        "terminal": {
          "description": "Each terminal status with its outcome.",
          "type": "object",
          "propertyNames": {
            "$ref": "#/$defs/status"
          },
          "additionalProperties": {
            "enum": [
              "success",
              "failure",
              "cancelled",
              "nothing-done"
            ]
          },
          "minProperties": 1
        },
        "x-assumption": {
          "$ref": "#/$defs/assumption"
        },
        "x-provenance": {
          "$ref": "#/$defs/provenance"
        }
      },
      "required": [
        "property",
        "initial",
        "order",
        "terminal"
      ],
      "additionalProperties": false
    },
    "invariants": {
      "description": "What is always true of a body.",
      "type": "array",
      "items": {
        "$ref": "#/$defs/invariant"
      },
      "minItems": 1
    },
    "invariant": {
      "type": "object",
      "properties": {
        "id": {
          "description": "Unique in the whole document.",
          "type": "string",
          "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
        },
        "rule": {
          "description": "A CEL expression that is true where the invariant holds.",
          "type": "string",
          "minLength": 1
        },
        "message": {
          "description": "What is wrong where it does not hold, as a sentence.",
          "type": "string",
          "pattern": "^\\S[^\\n]*\\.$"
        },
        "severity": {
          "enum": [
            "error",
            "warning"
          ]
        },
        "x-assumption": {
          "$ref": "#/$defs/assumption"
        },
        "x-provenance": {
          "$ref": "#/$defs/provenance"
        }
      },
      "required": [
        "id",
        "rule",
        "message",
        "severity"
      ],
      "additionalProperties": false
    }
  }
};
