import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** The license of openapi-fetch asks to go along with its code. */
const openapiFetchLicense = {
  name: "openapi-fetch-license",
  generateBundle() {
    this.emitFile({
      type: "asset",
      fileName: "openapi-fetch.LICENSE",
      source: readFileSync(new URL("node_modules/openapi-fetch/LICENSE", import.meta.url)),
    });
  },
};

/**
 * One file for each entry point, which loads no other: loading fifty small ones took ten times as long. So the code of the redactor
 * and the data of the schema package that is used go into it, and that of openapi-fetch into its own;
 * the types of openapi-fetch and of the schema stay dependencies. Built by themselves, because what they
 * share would become a file of its own.
 */
const entry = (name, plugins = []) => ({
  input: { [name]: `src/${name}.ts` },
  plugins,
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
  entry("openapi/index", [openapiFetchLicense]),
  entry("testing/index"),
  entry("wait/index"),
]);
