import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledCode } from "@qontext/sync-log-bundled-code";
import { defineConfig } from "rolldown";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/**
 * One file for each entry point, which loads no other: loading fifty small ones took ten times as long. So the code of the redactor
 * and the data of the schema package that is used go into it, and that of openapi-fetch into its own;
 * the types of openapi-fetch and of the schema stay dependencies. Built by themselves, because what they
 * share would become a file of its own.
 */
const entry = (name) => ({
  input: { [name]: `src/${name}.ts` },
  plugins: [bundledCode(join(import.meta.dirname, "dist"))],
  external: /^node:/,
  platform: "neutral",
  transform: { define: { packageVersion: JSON.stringify(version) } },
  resolve: { mainFields: ["module", "main"], conditionNames: ["import", "default"] },
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    comments: { jsdoc: false },
  },
});

export default defineConfig([
  entry("index"),
  entry("node/index"),
  entry("openapi/index"),
  entry("testing/index"),
  entry("wait/index"),
]);
