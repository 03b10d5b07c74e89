import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import RefParser from "@stoplight/json-schema-ref-parser";
import { isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { SpecError } from "../errors.ts";

// The index signature of the declared type denies the documented `http: false`.
const offline = { http: false } as NonNullable<RefParser.Options["resolve"]>;

/**
 * Reads an OpenAPI document, with every reference to another file and every `externalValue` of an example brought in.
 *
 * Nothing is fetched: a reference to an `http:` address is an error.
 *
 * @param spec - Path or `file:` URL of a JSON or YAML document, or the document itself.
 * @throws {@link SpecError} when the document cannot be read, or is not an OpenAPI 3 document with operations.
 */
export async function loadSpec(spec: string | URL | object): Promise<JsonObject> {
  if (typeof spec !== "string" && !(spec instanceof URL)) {
    const copy: JsonValue = JSON.parse(JSON.stringify(spec));
    return assertOpenApi(copy, "The document");
  }
  const path = resolve(spec instanceof URL ? fileURLToPath(spec) : spec);
  const document = assertOpenApi(await bundle(path), path);
  await inlineExamples(document, dirname(path));
  return document;
}

async function bundle(path: string): Promise<unknown> {
  try {
    return await new RefParser().bundle(path, { resolve: offline });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new SpecError(`${path} cannot be read as an OpenAPI document: ${reason}`, {
      cause: error,
    });
  }
}

function assertOpenApi(document: unknown, where: string): JsonObject {
  if (!isJsonObject(document)) throw new SpecError(`${where} is not an OpenAPI document.`);
  const version = document["openapi"];
  if (typeof version !== "string" || !/^3\.[01]\./.test(version)) {
    throw new SpecError(
      `${where} is not an OpenAPI 3.0 or 3.1 document: openapi is ${JSON.stringify(version)}.`,
    );
  }
  if (!isJsonObject(document["paths"]) || Object.keys(document["paths"]).length === 0) {
    throw new SpecError(`${where} has no paths; there is nothing to serve.`);
  }
  return document;
}

async function inlineExamples(node: JsonValue, folder: string): Promise<void> {
  if (Array.isArray(node)) {
    for (const item of node) await inlineExamples(item, folder);
    return;
  }
  if (!isJsonObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "examples" && isJsonObject(value)) {
      for (const example of Object.values(value)) await inlineExample(example, folder);
    } else {
      await inlineExamples(value, folder);
    }
  }
}

async function inlineExample(example: JsonValue, folder: string): Promise<void> {
  if (!isJsonObject(example) || typeof example["externalValue"] !== "string") return;
  const file = example["externalValue"];
  if (/^[a-z][a-z0-9+.-]*:/i.test(file)) return;
  const path = resolve(folder, file);
  try {
    const value: JsonValue = JSON.parse(await readFile(path, "utf8"));
    example["value"] = value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpecError(`The example file ${path} cannot be read: ${reason}`, { cause: error });
  }
  delete example["externalValue"];
}
