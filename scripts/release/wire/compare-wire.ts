import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { assertReferences, DocumentError, loadDocument } from "@qontext/sync-log-document";
import { ReleaseError } from "../release-error.ts";
import type { Change } from "../release-plan.ts";
import { kebab } from "./describe-change.ts";
import type { WireContext } from "./direction.ts";
import { createWireContext, documentOf } from "./direction.ts";
import { rateOperationChange } from "./rate-operation-change.ts";
import { rateSchemaChange } from "./rate-schema-change.ts";
import { rateSecurity } from "./rate-security.ts";
import type { RedoclyChange } from "./redocly-diff.ts";
import { runRedoclyDiff } from "./redocly-diff.ts";
import { describePlace } from "./redocly-pointer.ts";

/** The settings of a comparison on the wire. */
export interface WireOptions {
  /** Whether the generated types of response enums admit values that the document does not name. @default false */
  readonly openEnums?: boolean;
}

/**
 * Every change between two OpenAPI documents that is on the wire, or only in words: what Redocly finds, rated by the law
 * for clients; where the law has no rule, Redocly's own verdict stands.
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
    const context = createWireContext(base, revision, options.openEnums ?? false);
    return [
      ...found.flatMap((change) => rateChange(change, context)),
      ...rateSecurity(base, revision),
    ];
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

function rateChange(change: RedoclyChange, context: WireContext): readonly Change[] {
  const { typeName, kind, impact: bump, path, property } = change;
  // Security is compared as a whole, by what it accepts.
  if (typeName === "SecurityRequirement" || typeName === "SecurityRequirementList") return [];
  const own = rateSchemaChange(change, context) ?? rateOperationChange(change, context);
  if (own) return own;
  const id = change.ruleId ?? `${kebab(typeName)}-${kind}`;
  const why = change.message ?? `${[typeName, property].filter(Boolean).join(" ")} is ${kind}`;
  return [
    { id, bump, where: describePlace(documentOf(change, context), path), why, source: "wire" },
  ];
}
