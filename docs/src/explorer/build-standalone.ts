// Builds the explorer as a page of its own into `docs/dist/reference`, for `sync-log open-reference`.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { explorerOptions } from "./explorer-options.ts";
import { standalonePage } from "./standalone-page.ts";

const docsDir = dirname(dirname(import.meta.dirname));
const outDir = join(docsDir, "dist/reference");
const scalar = new URL("browser/standalone.js", import.meta.resolve("@scalar/api-reference"));

rmSync(outDir, { recursive: true, force: true });
cpSync(join(docsDir, "explorer"), outDir, { recursive: true });
cpSync(fileURLToPath(scalar), join(outDir, "scalar.js"));
writeFileSync(join(outDir, "index.html"), standalonePage(explorerOptions()));
