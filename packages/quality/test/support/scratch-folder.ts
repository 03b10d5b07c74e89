import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder outside the workspace with these files; it goes when it is disposed. */
export function scratchFolder(
  files: Readonly<Record<string, string>> = {},
): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "quality-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
