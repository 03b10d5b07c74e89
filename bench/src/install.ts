import {
  installedWith,
  packageFolder,
  publishedBytes,
} from "@qontext/sync-log-test-support/installed-with";
import { toTable, verdict } from "./measure.ts";

/** What is compared where a whole package counts. */
export const packages: readonly string[] = [
  "@qontext/sync-log-client",
  "openapi-fetch",
  "ofetch",
  "ky",
  "@octokit/request",
  "axios",
  "openai",
];

/** What installing each package brings: packages, itself included, and megabytes. */
export function measureInstall(): string {
  const rows = packages.map((name) => {
    const folders = [...installedWith(packageFolder(name, import.meta.dirname))];
    const bytes = folders.reduce((sum, folder) => sum + publishedBytes(folder), 0);
    const megabytes = bytes / 1_000_000;
    const goal = name.startsWith("@qontext")
      ? `${verdict(folders.length, 5, true)}; ${verdict(megabytes, 1, true)} MB`
      : "";
    return [name, folders.length, megabytes.toFixed(2), goal];
  });
  return toTable(["package", "packages", "MB", "goal"], rows);
}
