// Writes the pages that are made of the OpenAPI document and of declarations into `docs/generated`, from which VitePress makes
// the pages below `reference`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openDocument } from "@qontext/sync-log-document";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { apiPage } from "./pages/api-page.ts";
import { assumptionsPage } from "./pages/assumptions-page.ts";
import { explorerPage } from "./pages/explorer-page.ts";
import { lifecyclePage } from "./pages/lifecycle-page.ts";
import { packagesPage } from "./pages/packages-page.ts";
import { writePackagePages } from "./package-pages.ts";

const document = openDocument(openapiDocument);
const pagesDir = join(dirname(import.meta.dirname), "generated");
const pages = {
  "api.md": apiPage(document),
  "assumptions.md": assumptionsPage(document),
  "explorer.md": explorerPage(),
  "lifecycle.md": lifecyclePage(document),
};

rmSync(pagesDir, { recursive: true, force: true });
mkdirSync(pagesDir);
for (const [name, markdown] of Object.entries(pages)) {
  writeFileSync(join(pagesDir, name), markdown);
}
await writePackagePages(join(pagesDir, "packages"));
// In place of TypeDoc's list of modules, which says nothing of them and has no commands.
writeFileSync(join(pagesDir, "packages/index.md"), packagesPage());
