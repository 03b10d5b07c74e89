import type { FaultCase } from "./cases.ts";

const exists = "sync-log/invariant-field-exists";
const obeys = "sync-log/example-obeys-invariants";

/** Faults of rules over the items of a list. */
export const listRuleFaults: readonly FaultCase[] = [
  {
    what: "a misspelt property of the items of a list",
    edits: [
      {
        replace: "self.all(log, log.workspaceId ==",
        by: "self.all(log, !has(log.workspace) || true ==",
      },
    ],
    ruleId: exists,
    at: "self.all(log, !has(log.workspace)",
    message: /self\[\*\]\.workspace: the schema has no such property/,
  },
  {
    what: "a misspelt property of the items of a list, gone over within it",
    edits: [
      {
        replace: "self.all(log, log.workspaceId ==",
        by: "self.all(log, self.exists(one, has(one.workspace)) || log.workspaceId ==",
      },
    ],
    ruleId: exists,
    at: "self.all(log, self.exists(one, has(one.workspace))",
    message: /self\[\*\]\.workspace: the schema has no such property/,
  },
  {
    what: "a misspelt property that items are told apart by",
    edits: [{ replace: 'isUnique(self, "id")', by: 'self.size() == 0 || isUnique(self, "idd")' }],
    ruleId: exists,
    at: "self.size() == 0",
    message: /self\[\*\]\.idd: the schema has no such property/,
    also: [obeys],
  },
];
