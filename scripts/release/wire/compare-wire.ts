import type { OpenApiDocument } from "@qontext/sync-log-document";
import { assertReferences, DocumentError, loadDocument } from "@qontext/sync-log-document";
import { ReleaseError } from "../release-error.ts";
import type { Change } from "../release-plan.ts";
import { compareRules } from "../rules/compare-rules.ts";
import { compareDocuments } from "./compare-operations.ts";
import { createSchemaComparison } from "./compare-schemas.ts";
import { compareWords, pairNodes } from "./compare-words.ts";
import type { Finding } from "./finding.ts";
import { describePlace } from "./place.ts";
import { createSchemaReader } from "./schema-reader.ts";
import { documentation, law } from "./verdict.ts";

/** The settings of a comparison on the wire. */
export interface WireOptions {
  /** Whether the generated types of response enums admit values that the document does not name. @default false */
  readonly openEnums?: boolean;
}

/** Every change between two OpenAPI documents: what is on the wire, the rules, and the words. */
export function compareWire(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  { openEnums = false }: WireOptions = {},
): readonly Change[] {
  return guarded("The documents cannot be compared", () => {
    const readers = [createSchemaReader(base), createSchemaReader(revision)] as const;
    const comparison = createSchemaComparison(...readers, openEnums);
    const toChange = (source: Change["source"]) => (finding: Finding) => {
      const { id, direction, effect, side, pointer, what } = finding;
      const [bump, why, remedy] =
        finding.verdict ?? (direction ? law[direction][effect] : documentation);
      const where = describePlace(side === "base" ? base : revision, pointer);
      const name = direction ? `${direction}-${id}` : id;
      return { id: name, bump, where, what, why, remedy, direction, source };
    };
    const pairs = pairNodes(base, revision);
    return [
      ...[...comparison.expand(compareDocuments(comparison)), ...compareWords(pairs)].map(
        toChange("wire"),
      ),
      ...compareRules(base, revision, pairs).map(toChange("rules")),
    ];
  });
}

/**
 * Reads a document for a comparison.
 *
 * @throws ReleaseError `unreadable_document`
 */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  try {
    const document = await loadDocument(file);
    assertReferences(document);
    return document;
  } catch (cause) {
    throw unreadable(`${file} cannot be read as an OpenAPI document`, cause);
  }
}

/** Runs a step; what is wrong with a document becomes an error of the gate. */
function guarded<T>(problem: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw unreadable(problem, cause);
  }
}

function unreadable(problem: string, cause: unknown): unknown {
  if (!(cause instanceof DocumentError)) return cause;
  return new ReleaseError("unreadable_document", `${problem}: ${cause.message}`, { cause });
}
