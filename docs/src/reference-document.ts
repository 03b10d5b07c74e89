import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject, openDocument, readAssumptions } from "@qontext/sync-log-document";

/** A code sample shown beside an operation. */
export interface CodeSample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The address at which `npx sync-log-mock` listens by default. */
export const mockServer = {
  url: "http://127.0.0.1:4010",
  description: "The mock on this machine: npx @qontext/sync-log-mock",
} as const;

const seeAlso =
  "See also the [lifecycle](lifecycle.html), the [error codes](errors.html), and the [assumptions](assumptions.html).";

/** The document as the reference shows it: with the mock as a server, samples of our client, and assumptions in descriptions. */
export function referenceDocument(
  document: OpenApiDocument,
  samples: Readonly<Record<string, readonly CodeSample[]>>,
): JsonObject {
  const shown = openDocument(structuredClone(document.value));
  for (const { pointer, text } of readAssumptions(shown)) {
    const owner = shown.at(pointer);
    // What is assumed of an extension has no description to stand in.
    if (!isJsonObject(owner) || pointer.includes("/x-")) continue;
    const description = `${textIn(owner, "description").trim()}\n\n**Assumed.** ${text}`.trim();
    Object.assign(owner, { description });
  }
  for (const { id, node } of shown.operations) {
    Object.assign(node.value, { "x-codeSamples": samples[id] ?? [] });
  }
  const { info, servers } = shown.value;
  const about = isJsonObject(info) ? info : {};
  const description = `${textIn(about, "description")}\n${seeAlso}`;
  return {
    ...shown.value,
    info: { ...about, description },
    servers: [mockServer, ...(Array.isArray(servers) ? servers : [])],
  };
}

function textIn(object: JsonObject, key: string): string {
  const text = object[key];
  return typeof text === "string" ? text : "";
}
