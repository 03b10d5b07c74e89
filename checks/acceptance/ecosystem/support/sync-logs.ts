import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** A key that looks like a real one. */
export const apiKey = "q_sk_test_4f8a1c7d9e2b";

function example(name: string): string {
  return readFileSync(join(workspaceRoot, `specs/examples/${name}.json`), "utf8");
}

/** The texts of sync logs that the document has as examples. */
export const ingesting: string = example("ingesting");
export const completed: string = example("completed");

const { id, workspaceId } = JSON.parse(completed) as { id: string; workspaceId: string };

/** What they are about. */
export const target = { workspaceId, id };

/** Where the service has it. */
export const pathOfTarget = `/workspaces/${workspaceId}/sync-logs/${id}`;
