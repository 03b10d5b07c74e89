import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import {
  describeValues,
  isJsonObject,
  openDocument,
  readAssumptions,
} from "@qontext/sync-log-document";
import { codeSamples, mockServer } from "../code-samples.ts";

/** The document as the explorer shows it: with the mock as a server, samples, and assumptions and what follows a status in descriptions. */
export function explorerDocument(document: OpenApiDocument): JsonObject {
  const shown = openDocument(structuredClone(document.value));
  for (const { pointer, text } of readAssumptions(shown)) {
    const owner = shown.at(pointer);
    // What is assumed of an extension has no description to stand in.
    if (!isJsonObject(owner) || pointer.includes("/x-")) continue;
    const description = `${textIn(owner, "description").trim()}\n\n**Assumed.** ${text}`.trim();
    Object.assign(owner, { description });
  }
  for (const node of document.walk()) {
    const texts = describeValues(document, node);
    const owner = shown.at(node.pointer);
    if (texts.size === 0 || !isJsonObject(owner)) continue;
    Object.assign(owner, { "x-enumDescriptions": Object.fromEntries(texts) });
  }
  for (const operation of shown.operations) {
    Object.assign(operation.node.value, { "x-codeSamples": codeSamples(document, operation) });
    for (const { node } of operation.parameters) describeOnce(shown, node.value);
  }
  const { servers } = shown.value;
  return { ...shown.value, servers: [mockServer, ...(Array.isArray(servers) ? servers : [])] };
}

/** A parameter whose schema has a description, too, would be described twice. */
function describeOnce(document: OpenApiDocument, parameter: Record<string, unknown>): void {
  const { schema } = parameter;
  if (!isJsonObject(schema) || textIn(parameter, "description") === "") return;
  const { target } = document.resolve({ pointer: "#", value: schema });
  const { description: _once, ...rest } = target.value;
  parameter["schema"] = rest;
}

function textIn(object: JsonObject, key: string): string {
  const text = object[key];
  return typeof text === "string" ? text : "";
}
