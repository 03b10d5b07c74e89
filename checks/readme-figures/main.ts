// A part of `pnpm generate`: writes the figures that were measured last into the README.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { withFigures } from "./figures.ts";

const file = join(workspaceRoot, "README.md");
writeFileSync(file, withFigures(readFileSync(file, "utf8")));
