import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { appendPointer, isJsonObject, pointerTokens } from "@qontext/sync-log-document";
import { collectExamples, labelOf } from "../collect-examples.ts";
import type { SpecResponse } from "../collect-responses.ts";
import { collectResponses } from "../collect-responses.ts";
import { readEnum } from "../read-property.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";
import { compileProblem, readSpecSchemas } from "../spec-model.ts";

/** Every example and default fits its schema, formats asserted. */
export const exampleFitsSchema: SpecRule = (model) => {
  const { examples, unreadable } = collectExamples(model);
  const misfits = examples.flatMap((example): readonly Finding[] => {
    const { schemaPointer, value, pointer, file } = example;
    if (schemaPointer === undefined) {
      return [{ pointer, file, message: "the example has no schema to fit" }];
    }
    if (compileProblem(model, schemaPointer) !== undefined) {
      const message = "the example cannot be judged: its schema does not compile";
      return [{ pointer, file, message }];
    }
    return readSpecSchemas(model)
      .validate(schemaPointer, value)
      .map(({ holder, message }) => ({
        pointer: appendPointer(pointer, ...pointerTokens(holder)),
        file,
        message: `${labelOf(example)} breaks its schema: ${holder || "it"} ${message}`,
      }));
  });
  return [...unreadable, ...misfits];
};

/** Every file in `examples/` beside the document is an example of it: none is left behind unchecked. */
export const exampleFileIsUsed: SpecRule = (model) => {
  const folder = join(model.folder, "examples");
  const { examples, unreadable } = collectExamples(model);
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap((name): readonly Finding[] => {
    const file = join(folder, name);
    const isUsed = examples.some((example) => example.file === file);
    // A file that is named but cannot be read is reported as that.
    if (isUsed || unreadable.some(({ message }) => message.includes(`/${name} `))) return [];
    const message = `no example of the document refers to ${name}; name it or remove it`;
    return [{ pointer: "#", file, message }];
  });
};

/** A body with a lifecycle has an example for each status, named as the status; each documented error has one, too. */
export const everyCaseHasExample: SpecRule = (model) =>
  collectResponses(model).flatMap((response): readonly Finding[] => {
    const { status, definition, examples } = response;
    const isLacking = !/^[123]/.test(status) && examples.every(({ name }) => name === undefined);
    const message = `the error ${status} has no named example`;
    return [
      ...(isLacking ? [{ pointer: definition, message }] : []),
      ...statusesWithoutExample(model, response),
    ];
  });

function statusesWithoutExample(
  model: SpecModel,
  { rules, examples, pointer: owner }: SpecResponse,
): readonly Finding[] {
  const site = rules?.sites.find(({ path, lifecycle }) => path.length === 0 && lifecycle);
  const schema = site && model.document.at(site.pointer);
  if (site?.lifecycle === undefined || !isJsonObject(schema)) return [];
  const { property } = site.lifecycle;
  const statuses = readEnum(model, { value: schema, pointer: site.pointer }, [property]) ?? [];
  return statuses.map(String).flatMap((status): readonly Finding[] => {
    const example = examples.find(({ name }) => name === status);
    if (example === undefined) {
      const message = `there is no example named "${status}" for the status "${status}"`;
      return [{ pointer: owner, message }];
    }
    const { value, pointer, file } = example;
    const actual = isJsonObject(value) ? value[property] : undefined;
    if (actual === status) return [];
    const message = `the example "${status}" has the ${property} ${JSON.stringify(actual)}`;
    return [{ pointer, file, message }];
  });
}
