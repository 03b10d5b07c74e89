import { collectExamples } from "../collect-examples.ts";
import type { Finding, SpecRule } from "../spec-model.ts";
import { nodesOf } from "../spec-model.ts";
import { createSpecSchemas } from "../spec-schemas.ts";

/** Every schema compiles: no keyword or format that is not known, and would be ignored. */
export const schemaCompiles: SpecRule = (model) => {
  const schemas = createSpecSchemas(model);
  const problems = nodesOf(model, "Schema").flatMap(({ pointer }) => {
    const message = schemas.compileProblem(pointer);
    return message === undefined
      ? []
      : [{ pointer, message: `the schema does not compile: ${message}` }];
  });
  // A schema fails with each one that it contains or refers to: only the innermost is at fault.
  return problems.filter(
    ({ pointer, message }) =>
      !problems.some((other) => other.message === message && isWithin(other.pointer, pointer)),
  );
};

/** Every example and default fits its schema, formats asserted. */
export const exampleFitsSchema: SpecRule = (model) => {
  const schemas = createSpecSchemas(model);
  const { examples, unreadable } = collectExamples(model);
  const misfits = examples.flatMap((example): readonly Finding[] => {
    const { schemaPointer, value, pointer, file, name } = example;
    if (schemaPointer === undefined)
      return [{ pointer, file, message: "the example has no schema to fit" }];
    if (schemas.compileProblem(schemaPointer) !== undefined) {
      return [
        { pointer, file, message: "the example cannot be judged: its schema does not compile" },
      ];
    }
    const label = name === undefined ? "the example" : `the example "${name}"`;
    return schemas.check(schemaPointer, value).map(({ instancePath, message }) => ({
      pointer: `${pointer}${instancePath}`,
      file,
      message: `${label} breaks its schema: ${instancePath === "" ? "it" : instancePath} ${message}`,
    }));
  });
  return [...unreadable, ...misfits];
};

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}/`);
}
