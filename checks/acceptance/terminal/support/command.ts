import { join } from "node:path";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** The built command. */
export const command: string = join(workspaceRoot, "packages/cli/dist/main.js");

export const key = "q_sk_test_0123456789abcdef";

/** Of the machine's environment, a command gets the path only. */
export function commandEnv(baseUrl: string, home: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    QONTEXT_API_KEY: key,
    QONTEXT_BASE_URL: baseUrl,
  };
}
