import { join } from "node:path";

const modules = join(import.meta.dirname, "../tools/node_modules");

/** The entry points of the tools that are installed beside these tests. */
export const tools = {
  verdaccio: join(modules, "verdaccio/bin/verdaccio"),
  remoteCache: join(modules, "turborepo-remote-cache/dist/cli.js"),
  vite: join(modules, "vite/bin/vite.js"),
  bun: join(modules, ".bin/bun"),
  deno: join(modules, ".bin/deno"),
  tsc: {
    "5.6": join(modules, "typescript-5.6/bin/tsc"),
    "5.9": join(modules, "typescript-5.9/bin/tsc"),
    "7": join(modules, "typescript-7/bin/tsc"),
  },
} as const;
