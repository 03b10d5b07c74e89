// `pnpm release:sbom FOLDER`: a bill of materials (CycloneDX) of each published package, after a build. pnpm knows what they depend
// on, and the builds have written down whose code they bundle.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readBundledCode } from "@qontext/sync-log-bundled-code";
import { addBundledCode } from "./add-bundled-code.ts";
import { addLicenses } from "./add-licenses.ts";

const root = join(import.meta.dirname, "../../..");
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: pnpm release:sbom FOLDER");
  process.exitCode = 2;
} else {
  const out = resolve(process.env["INIT_CWD"] ?? ".", folder);
  for (const name of readdirSync(join(root, "packages"))) {
    const file = join(out, `${name}.cdx.json`);
    const bills = ["sbom", "--sbom-format", "cyclonedx", "--prod", "--out", file];
    execFileSync("pnpm", [...bills, "--filter", `./packages/${name}`], { cwd: root });
    const code = readBundledCode(join(root, "packages", name, "dist"));
    const listed = addLicenses(JSON.parse(readFileSync(file, "utf8")), root);
    const bill = addBundledCode(listed, code);
    writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  }
}
