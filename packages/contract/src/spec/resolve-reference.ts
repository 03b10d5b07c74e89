import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject, valueAt } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";

/** An object of the document with the place it stands at, references followed. */
export interface Located {
  readonly pointer: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Follows `$ref` from a place of the document to the object it means.
 *
 * @returns undefined if there is nothing at the place.
 * @throws {@link CouldNotJudgeError} `bad_spec` for a reference that leads nowhere or in a circle.
 */
export function resolveReference(document: OpenApiDocument, start: string): Located | undefined {
  let pointer = start;
  for (let hops = 0; hops < 50; hops += 1) {
    const value = valueAt(document, pointer);
    if (value === undefined && pointer === start) return undefined;
    if (!isJsonObject(value)) {
      throw new CouldNotJudgeError(
        "bad_spec",
        `The spec has no object at ${pointer}, which ${start} refers to.`,
      );
    }
    const reference = value["$ref"];
    if (typeof reference !== "string") return { pointer, value };
    if (!reference.startsWith("#/")) {
      throw new CouldNotJudgeError(
        "bad_spec",
        `The spec's reference ${reference} at ${pointer} is not supported.`,
      );
    }
    pointer = decodeURIComponent(reference.slice(1));
  }
  throw new CouldNotJudgeError("bad_spec", `The spec's reference at ${start} leads in a circle.`);
}
