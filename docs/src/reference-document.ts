import { isJsonObject, objectAt } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

/** A code sample shown beside an operation. */
export interface CodeSample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The address at which `npx sync-log-mock` listens when it is told nothing else. */
export const mockServer = {
  url: "http://127.0.0.1:4010",
  description: "The mock on this machine: npx @qontext/sync-log-mock",
} as const;

const seeAlso =
  "See also the [lifecycle](lifecycle.html), the [error codes](errors.html), and the [assumptions](assumptions.html).";

/** The assumption beside a schema, property or answer becomes part of its description, where readers see it. */
function withAssumptions(value: Json): Json {
  if (Array.isArray(value)) return value.map(withAssumptions);
  if (!isJsonObject(value)) return value;
  const mapped: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    mapped[key] = key === "example" || key === "examples" ? item : withAssumptions(item);
  }
  const assumption = value["x-assumption"];
  if (typeof assumption === "string" && !("order" in value)) {
    const description = typeof value["description"] === "string" ? value["description"].trim() : "";
    mapped["description"] = `${description}\n\n**Assumed.** ${assumption}`.trim();
  }
  return mapped;
}

/** The document as the reference shows it: with the mock as a server, samples of our client, and assumptions in sight. */
export function referenceDocument(
  document: JsonObject,
  samples: Readonly<Record<string, readonly CodeSample[]>>,
): JsonObject {
  const paths = Object.entries(objectAt(document, "paths")).map(([path, item]) => {
    const operations = Object.entries(isJsonObject(item) ? item : {}).map(([method, operation]) => {
      if (!isJsonObject(operation)) return [method, operation] as const;
      const operationId =
        typeof operation["operationId"] === "string" ? operation["operationId"] : "";
      const own = samples[operationId] ?? [];
      return [
        method,
        { ...operation, "x-codeSamples": own.map((sample) => ({ ...sample })) },
      ] as const;
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  const servers = Array.isArray(document["servers"]) ? document["servers"] : [];
  const shown = withAssumptions({ ...document, paths: Object.fromEntries(paths) });
  if (!isJsonObject(shown)) throw new TypeError("The OpenAPI document is not an object.");
  const info = objectAt(shown, "info");
  const description = `${typeof info["description"] === "string" ? info["description"] : ""}\n${seeAlso}`;
  return { ...shown, info: { ...info, description }, servers: [{ ...mockServer }, ...servers] };
}
