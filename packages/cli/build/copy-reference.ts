// The reference is part of what the package installs, so that `sync-log open-reference` needs no network.
import { cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const site = dirname(fileURLToPath(import.meta.resolve("@qontext/sync-log-docs/index.html")));
const target = join(dirname(import.meta.dirname), "dist", "reference");

rmSync(target, { recursive: true, force: true });
cpSync(site, target, { recursive: true });
