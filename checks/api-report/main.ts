// `pnpm api:report`: writes down the public API of the package that it runs in, after a build.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createApiReport, entryPoints } from "./create-api-report.ts";
import { publishedPackages } from "@qontext/sync-log-test-support/workspace";

for (const published of publishedPackages().filter(({ dir }) => dir === process.cwd())) {
  for (const entry of entryPoints(published)) {
    const file = join(published.dir, entry.report);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, createApiReport(published.dir, entry));
    console.log(`Wrote ${published.path}/${entry.report}`);
  }
}
