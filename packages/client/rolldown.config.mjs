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
 * One file for each entry point: loading fifty small ones took ten times as long. So the code of openapi-fetch, the redactor and
 * the data of the schema package that is used go into it; the types of openapi-fetch and of the schema stay dependencies.
 */
const entry = (input) => ({
  input,
  external: /^node:/,
  platform: "neutral",
  transform: { define: { packageVersion: JSON.stringify(version) } },
  resolve: { mainFields: ["module", "main"], conditionNames: ["import", "default"] },
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    comments: { jsdoc: false },
  },
});

export default defineConfig([
  {
    ...entry({
      index: "src/index.ts",
      "node/index": "src/node/index.ts",
      "testing/index": "src/testing/index.ts",
    }),
  },
  // By themselves: what they share with the main entry would become a file of its own, which both load.
  entry({ "wait/index": "src/wait/index.ts" }),
  { ...entry({ "openapi/index": "src/openapi/index.ts" }), plugins: [openapiFetchLicense] },
]);
