import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "../change.ts";
import { openDocument } from "./load-document.ts";
import { rateWireChanges } from "./rate-wire-changes.ts";
import { runRedoclyDiff } from "./run-redocly-diff.ts";
import { createWireContext } from "./wire-context.ts";

/** The settings of a comparison on the wire. */
export interface WireOptions {
  /** Whether the generated types of response enums admit values that the document does not name. @default false */
  readonly openEnums?: boolean;
}

/**
 * Every change between two OpenAPI documents that is on the wire, or only in words.
 *
 * @throws {@link ReleaseError} `unreadable_document` or `diff_failed`.
 */
export async function compareWire(
  baseFile: string,
  revisionFile: string,
  options: WireOptions = {},
): Promise<readonly Change[]> {
  const scratch = mkdtempSync(join(tmpdir(), "wire-diff-"));
  try {
    const base = await openDocument(baseFile, join(scratch, "base.json"));
    const revision = await openDocument(revisionFile, join(scratch, "revision.json"));
    const found = await runRedoclyDiff(base.file, revision.file);
    const openEnums = options.openEnums ?? false;
    return rateWireChanges(found, createWireContext(base.document, revision.document, openEnums));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
