import { createRequire } from "node:module";

// Read at run time: a JSON import outside of src would move the output of the compiler.
const manifest: unknown = createRequire(import.meta.url)("../../package.json");

/** Version of this package. */
export const toolVersion: string =
  typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
