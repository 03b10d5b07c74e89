import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder outside the workspace. */
export interface ScratchFolder extends Disposable {
  /** Without symbolic links. */
  readonly path: string;
}

/** Makes a folder outside the workspace that holds `files`, and that disposal removes. */
export function scratchFolder(files: Readonly<Record<string, string>> = {}): ScratchFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "sync-log-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
