import { defineConfig } from "rolldown";

/**
 * One file for each entry point: loading fifty small ones took ten times as long. The data of the
 * schema package that is used goes into it; its types stay a dependency, and so does openapi-fetch.
 */
export default defineConfig({
  input: {
    index: "src/index.ts",
    "node/index": "src/node/index.ts",
    "testing/index": "src/testing/index.ts",
  },
  external: ["openapi-fetch", /^node:/],
  platform: "neutral",
  resolve: { mainFields: ["module", "main"], conditionNames: ["import", "default"] },
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    comments: { jsdoc: false },
  },
});
