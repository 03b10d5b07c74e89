import { defineConfig } from "vitest/config";

// The machine that runs this may be busy with much else.
export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 } });
