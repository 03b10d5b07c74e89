import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isJsonObject } from "@qontext/sync-log-document";
import type { JsonObject, OpenApiDocument } from "@qontext/sync-log-document";
import { checkDocument } from "../../../generate/check-document.ts";
import { planGeneration } from "../../../generate/plan-generation.ts";
import type { GenerationPlan } from "../../../generate/plan-generation.ts";
import { writeTexts } from "./compile-folder.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

/** A document with these members and everything else that it must have. */
export function documentWith(members: JsonObject, openapi = "3.1.1"): JsonObject {
  return { openapi, info: { title: "Test", version: "1.2.3" }, paths: {}, ...members };
}

/** A document with these component schemas. */
export function documentWithSchemas(schemas: JsonObject, openapi?: string): JsonObject {
  return documentWith({ components: { schemas } }, openapi);
}

/** An operation `GET /{name}` that answers with a schema, for `paths`. */
export function getOperation(name: string, schema: JsonObject, more: JsonObject = {}): JsonObject {
  const content = { "application/json": { schema } };
  const responses = { "200": { description: "OK", content } };
  return { [`/${name}`]: { get: { operationId: name, responses, ...more } } };
}

/** Loads and plans a document as the command does. */
export async function planDocument(
  document: JsonObject,
): Promise<GenerationPlan & { readonly document: OpenApiDocument }> {
  using scratch = scratchFolder();
  const path = join(scratch.path, "openapi.json");
  writeFileSync(path, JSON.stringify(document));
  const loaded = await checkDocument(path, { cwd: scratch.path });
  const plan = planGeneration(loaded.document, "Generated from a test by `pnpm generate`.");
  return { ...plan, document: loaded.document };
}

/** The text of a generated module. */
export function textOf(plan: GenerationPlan, file: string): string {
  const text = plan.files.get(file);
  if (text === undefined) throw new Error(`${file} is not generated`);
  return text;
}

/** Runs a generated module and gives its exports. */
export async function importModule(plan: GenerationPlan, file: string): Promise<JsonObject> {
  using scratch = scratchFolder();
  writeTexts(scratch.path, plan.files);
  const exports: unknown = await import(pathToFileURL(join(scratch.path, file)).href);
  if (!isJsonObject(exports)) throw new Error(`${file} has no exports`);
  return { ...exports };
}

/** `rule-id #/pointer` of each warning. */
export function warningsOf({ warnings }: GenerationPlan): readonly string[] {
  return warnings.map(({ ruleId, pointer }) => `${ruleId} ${pointer}`);
}
