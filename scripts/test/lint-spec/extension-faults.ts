import type { FaultCase } from "./cases.ts";
import { failedRule, statusValues } from "./cases.ts";

const shape = "sync-log/extension-shape";
const known = "sync-log/known-extension";
const compiles = "sync-log/invariant-compiles";
const exists = "sync-log/invariant-field-exists";
const obeys = "sync-log/example-obeys-invariants";

/** What the rules that need the invariants say where they cannot be read. */
const unread = [obeys];

/** Faults of extensions and of the rules in them. */
export const extensionFaults: readonly FaultCase[] = [
  {
    what: "an unknown extension",
    edits: [
      {
        replace: "      operationId: getSyncLog\n",
        by: "      operationId: getSyncLog\n      x-asumption: It is.\n",
      },
    ],
    ruleId: known,
    at: "It is.",
    message:
      /x-asumption is not an extension of this document; use x-assumption, x-provenance, x-enumDescriptions, x-invariants, x-lifecycle/,
  },
  {
    what: "an unknown extension beside a $ref",
    edits: [
      {
        replace: '          $ref: "#/components/schemas/SyncLogStatus"\n',
        by: '          $ref: "#/components/schemas/SyncLogStatus"\n          x-order: 6\n',
      },
    ],
    ruleId: known,
    at: "6",
    message: /x-order is not an extension/,
  },
  {
    what: "an unknown extension of the whole document",
    edits: [{ replace: "servers:\n", by: "x-logo: {}\nservers:\n" }],
    ruleId: known,
    at: "{}",
    message: /x-logo is not an extension/,
  },
  {
    what: "invariants where nobody reads them",
    edits: [
      {
        replace: "      operationId: getSyncLog\n",
        by: "      operationId: getSyncLog\n      x-invariants: []\n",
      },
    ],
    ruleId: known,
    at: "[]",
    message: /x-invariants has no meaning on an operation/,
  },
  {
    what: "a lifecycle of a response",
    edits: [
      { replace: "    TooManyRequests:\n", by: "    TooManyRequests:\n      x-lifecycle: {}\n" },
    ],
    ruleId: known,
    at: "{}",
    message: /x-lifecycle has no meaning on a response/,
  },
  {
    what: "invariants beside a reference to a response, which says nothing but its name",
    edits: [
      {
        replace: '          $ref: "#/components/responses/NotFound"\n',
        by: '          $ref: "#/components/responses/NotFound"\n          x-invariants: []\n',
      },
    ],
    ruleId: known,
    at: "[]",
    message: /x-invariants has no meaning on a reference/,
  },
  {
    what: "an invariant that only a branch leads to",
    edits: [
      {
        replace:
          'schema:\n            $ref: "#/components/schemas/ApiError"\n          examples:\n            bad-request:',
        by: `schema:
            oneOf:
              - $ref: "#/components/schemas/ApiError"
              - type: object
                required: [code]
                x-invariants:
                  - id: code-is-short
                    rule: size(self.code) < 9
                    message: The code is long.
                    severity: error
                    x-provenance: documented
                properties:
                  code:
                    type: string
                    description: A code.
                    examples: [E1]
                    x-provenance: documented
          examples:
            bad-request:`,
      },
    ],
    ruleId: "sync-log/invariant-is-reached",
    at: "id: code-is-short",
    message: /no response leads to the invariant "code-is-short"/,
  },
  {
    what: "an unknown provenance",
    edits: [{ replace: "x-provenance: documented", by: "x-provenance: guessed" }],
    ruleId: shape,
    at: "guessed",
    message: /x-provenance must be equal to one of the allowed values: documented, example/,
  },
  {
    what: "an assumption that is no sentence",
    edits: [{ replace: "x-assumption: By the NestJS convention.", by: "x-assumption: true" }],
    ruleId: shape,
    at: "true",
    message: /x-assumption must be string/,
  },
  {
    what: "an invariant without severity",
    edits: [{ replace: "              severity: error\n", by: "" }],
    ruleId: shape,
    at: "id: id-matches-path",
    message: /x-invariants must have required property 'severity'/,
    also: unread,
  },
  {
    what: "an unknown severity",
    edits: [{ replace: "severity: error", by: "severity: fatal" }],
    ruleId: shape,
    at: "fatal",
    message: /allowed values: error, warning/,
    also: unread,
  },
  {
    what: "an invariant with more than there is to say",
    edits: [
      {
        replace: "              severity: error\n",
        by: "              severity: error\n              when: always\n",
      },
    ],
    ruleId: shape,
    at: "id: id-matches-path",
    message: /must NOT have additional properties: when/,
    also: unread,
  },
  {
    what: "an id that is not in kebab-case",
    edits: [{ replace: "id: id-matches-path", by: "id: idMatchesPath" }],
    ruleId: shape,
    at: "idMatchesPath",
    message: /x-invariants must match pattern/,
    also: unread,
  },
  {
    what: "no invariant in the list",
    edits: [
      {
        replace: /x-invariants:\n {8}- id: error-status-matches\n(?: {10}.*\n)+/,
        by: "x-invariants: []\n",
      },
    ],
    ruleId: shape,
    at: "[]",
    message: /must NOT have fewer than 1 items/,
    also: unread,
  },
  {
    what: "a lifecycle without terminal statuses",
    edits: [{ replace: /\n {8}terminal:\n(?: {10}.*\n)+/, by: "\n" }],
    ruleId: shape,
    at: "property: status",
    message: /x-lifecycle must have required property 'terminal'/,
    also: [obeys, compiles],
  },
  {
    what: "an unknown outcome",
    edits: [{ replace: "stopped: cancelled", by: "stopped: gone" }],
    ruleId: shape,
    at: "gone",
    message: /allowed values: success, failure, cancelled, nothing-done/,
    also: [obeys, compiles],
  },
  {
    what: "a status twice in the order",
    edits: [{ replace: "order: [pending, preparing,", by: "order: [pending, pending, preparing," }],
    ruleId: shape,
    at: "[pending, pending",
    message: /must NOT have duplicate items/,
    also: [obeys, compiles],
  },
  {
    what: "a rule that is no CEL",
    edits: [{ replace: failedRule, by: "rule: self.status !== 'failed'" }],
    ruleId: compiles,
    at: "self.status !==",
    message: /"failed-has-error-message" is not a CEL expression/,
    also: unread,
  },
  {
    what: "an unknown function",
    edits: [{ replace: failedRule, by: "rule: isFailed(self.status)" }],
    ruleId: compiles,
    at: "isFailed",
    message: /does not compile: .*isFailed/,
    also: unread,
  },
  {
    what: "an unknown variable",
    edits: [{ replace: failedRule, by: "rule: body.status != 'failed'" }],
    ruleId: compiles,
    at: "body.status",
    message: /Unknown variable: body/,
    also: unread,
  },
  {
    what: "a rule that can never fail",
    edits: [{ replace: failedRule, by: 'rule: "true"' }],
    ruleId: compiles,
    at: '"true"',
    message: /can never fail/,
    also: unread,
  },
  {
    what: "a lifecycle that a rule needs",
    edits: [
      { replace: "rule: self.statusCode == response.status", by: "rule: isTerminal(self.error)" },
    ],
    ruleId: compiles,
    at: "isTerminal",
    message: /there is no x-lifecycle beside it/,
    also: unread,
  },
  {
    what: "the id of another invariant",
    edits: [{ replace: "id: error-status-matches", by: "id: id-matches-path" }],
    ruleId: "sync-log/invariant-id-is-unique",
    at: "id-matches-path",
    message: /another invariant has the id "id-matches-path"/,
  },
  {
    what: "a misspelt field, so that the rule always passes",
    edits: [{ replace: failedRule, by: "rule: \"!has(self.eror) || self.eror == 'x'\"" }],
    ruleId: exists,
    at: '"!has(self.eror)',
    message: /self\.eror: the schema has no such property/,
  },
  {
    what: "a field within a field that has none",
    edits: [
      { replace: failedRule, by: "rule: \"!has(self.status.name) || oldSelf.status == 'failed'\"" },
    ],
    ruleId: exists,
    at: '"!has(self.status.name)',
    message: /self\.status\.name: the schema has no such property/,
  },
  {
    what: "a misspelt path parameter",
    edits: [
      { replace: "rule: self.id == request.path.id", by: "rule: self.id == request.path.syncId" },
    ],
    ruleId: exists,
    at: "self.id == request.path.syncId",
    message: /getSyncLog has no path parameter "syncId"/,
    also: [obeys],
  },
  {
    what: "an unknown status, so that the rule always passes",
    edits: [{ replace: "self.status != 'failed' ||", by: "self.status != 'fail' ||" }],
    ruleId: exists,
    at: "self.status != 'fail'",
    message: /"fail" is not a value of self\.status/,
  },
  {
    what: "a status of a rule that was renamed in the enum",
    edits: [
      { replace: statusValues, by: statusValues.replace("failed", "broken") },
      { replace: "          failed: failure", by: "          broken: failure" },
      { replace: /\n {16}failed:\n/, by: "\n                broken:\n" },
      { file: "examples/failed.json", replace: '"status": "failed"', by: '"status": "broken"' },
      {
        file: "examples/list-several.json",
        replace: '"status": "failed"',
        by: '"status": "broken"',
      },
      { replace: "        failed: The sync", by: "        broken: The sync" },
    ],
    ruleId: exists,
    at: "self.status != 'failed'",
    message: /"failed" is not a value of self\.status/,
  },
];
