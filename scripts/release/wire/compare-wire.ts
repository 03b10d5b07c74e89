import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { assertReferences, DocumentError, loadDocument } from "@qontext/sync-log-document";
import type { Change } from "../change.ts";
import { ReleaseError } from "../release-error.ts";
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
  const base = await readDocument(baseFile);
  const revision = await readDocument(revisionFile);
  const scratch = mkdtempSync(join(tmpdir(), "wire-diff-"));
  try {
    // In one piece, so that Redocly reads what was read here and nothing else.
    const write = (name: string, { value }: OpenApiDocument): string => {
      const file = join(scratch, name);
      writeFileSync(file, JSON.stringify(value));
      return file;
    };
    const found = await runRedoclyDiff(write("base.json", base), write("revision.json", revision));
    return rateWireChanges(found, createWireContext(base, revision, options.openEnums ?? false));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function readDocument(file: string): Promise<OpenApiDocument> {
  try {
    const document = await loadDocument(file);
    assertReferences(document);
    return document;
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    const message = `${file} cannot be read as an OpenAPI document: ${cause.message}`;
    throw new ReleaseError("unreadable_document", message, { cause });
  }
}
