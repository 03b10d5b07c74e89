import { join } from "node:path";
import { bundledCode } from "@qontext/sync-log-bundled-code";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  plugins: [bundledCode(join(import.meta.dirname, "../dist"))],
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    target: "es2022",
    // The page's policy allows no inline code; and one that is small needs no preloading.
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
