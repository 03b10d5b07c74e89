import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { expect, test } from "vitest";

const docsDir = join(import.meta.dirname, "..");
/** Inside the package, so that the configuration finds what it imports. */
const site = join(docsDir, "artifacts/site-with-a-dead-link");

test("a link that leads nowhere stops the build, and says where it stands", async () => {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(join(site, ".vitepress"), { recursive: true });
  writeFileSync(
    join(site, ".vitepress/config.ts"),
    'export { default } from "../../../.vitepress/config.ts";\n',
  );
  writeFileSync(join(site, "index.md"), "# Start\n\n[somewhere](gone.md)\n");
  const vitepress = join(docsDir, "node_modules/.bin/vitepress");
  await expect(runCommand(vitepress, ["build", site], { cwd: docsDir })).rejects.toThrow(
    /dead link.*gone.*index\.md/u,
  );
});
