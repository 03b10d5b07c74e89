// The reference is part of what the package installs, so that `sync-log open-reference` needs no network.
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { recordBundledCode } from "@qontext/sync-log-bundled-code";
import { referencePackages, referenceScript } from "./reference-code.ts";

const page = dirname(
  fileURLToPath(import.meta.resolve("@qontext/sync-log-docs/reference/index.html")),
);
const dist = join(dirname(import.meta.dirname), "dist");
const target = join(dist, "reference");

rmSync(target, { recursive: true, force: true });
cpSync(page, target, { recursive: true });

const bytes = readFileSync(referenceScript);
const scripts = readdirSync(target, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".js") && readFileSync(join(target, file)).equals(bytes),
);
if (scripts.length === 0) throw new Error(`${page} has no copy of ${referenceScript}.`);
const packages = referencePackages();
recordBundledCode(
  dist,
  Object.fromEntries(
    scripts.map((file) => [join("reference", file).replaceAll(sep, "/"), packages] as const),
  ),
);
