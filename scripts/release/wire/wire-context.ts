import type { Direction, OpenApiDocument } from "@qontext/sync-log-document";
import { pointerTokens } from "@qontext/sync-log-document";
import { componentDirections, directionOfPointer } from "./direction.ts";
import type { RedoclyChange } from "./redocly-change.ts";

/** What rating one change needs to know about the two documents. */
export interface WireContext {
  readonly base: OpenApiDocument;
  readonly revision: OpenApiDocument;
  /** Whether the generated types of response enums admit values that the document does not name. */
  readonly openEnums: boolean;
  /** The directions in which a change is on the wire; empty when no operation reaches it. */
  readonly directionsOf: (change: RedoclyChange) => readonly Direction[];
}

export function createWireContext(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  openEnums: boolean,
): WireContext {
  const usages = [componentDirections(base), componentDirections(revision)];
  const directionsOf = (change: RedoclyChange): readonly Direction[] => {
    const found = new Set<Direction>();
    const direct = directionOfPointer(change.path);
    if (direct) found.add(direct);
    for (const pointer of [change.basePointer, change.revisionPointer]) {
      const [root, kind = "", name = ""] = pointerTokens(pointer ?? "");
      if (root !== "components") continue;
      for (const usage of usages) {
        for (const direction of usage.get(`${kind}/${name}`) ?? []) found.add(direction);
      }
    }
    return [...found];
  };
  return { base, revision, openEnums, directionsOf };
}
