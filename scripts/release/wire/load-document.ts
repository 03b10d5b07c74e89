import { readFileSync, writeFileSync } from "node:fs";
import { bundle, createConfig } from "@redocly/openapi-core";
import { parse } from "yaml";
import { ReleaseError } from "../release-error.ts";
import type { JsonObject } from "./json.ts";
import { isObject } from "./json.ts";

/** An OpenAPI document in memory, and the one file that holds all of it. */
export interface OpenDocument {
  readonly document: JsonObject;
  readonly file: string;
}

/**
 * Reads an OpenAPI document; one that refers to other files is bundled into `bundleFile`.
 *
 * @throws {@link ReleaseError} `unreadable_document` when the file is absent, is no YAML or JSON, or is no OpenAPI document.
 */
export async function openDocument(file: string, bundleFile: string): Promise<OpenDocument> {
  const document = parseDocument(file);
  if (!hasReferenceToFile(document)) return { document, file };
  const config = await createConfig({});
  const { bundle: bundled, problems } = await bundle({ ref: file, config });
  const problem = problems.find(({ severity }) => severity === "error");
  if (problem) throw unreadable(file, problem.message);
  const parsed: unknown = bundled.parsed;
  if (!isObject(parsed)) throw unreadable(file, "it has no content");
  writeFileSync(bundleFile, JSON.stringify(parsed));
  return { document: parsed, file: bundleFile };
}

function parseDocument(file: string): JsonObject {
  let document: unknown;
  try {
    document = parse(readFileSync(file, "utf8"), { logLevel: "silent" });
  } catch (cause) {
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (isObject(document) && typeof document["openapi"] === "string") return document;
  throw unreadable(file, "it has no `openapi` version");
}

function hasReferenceToFile(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasReferenceToFile);
  if (!isObject(value)) return false;
  const reference = value["$ref"];
  if (typeof reference === "string" && !reference.startsWith("#")) return true;
  return Object.values(value).some(hasReferenceToFile);
}

function unreadable(file: string, why: string, cause?: unknown): ReleaseError {
  return new ReleaseError(
    "unreadable_document",
    `${file} cannot be read as an OpenAPI document: ${why}.`,
    { cause },
  );
}
