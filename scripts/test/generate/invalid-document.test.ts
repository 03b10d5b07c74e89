import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runGenerator, runInProcess } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n";

/** Objects each of which has the next. */
const longChain = Array.from(
  { length: 5000 },
  (_, index) =>
    `    S${index}: { properties: { next: { $ref: "#/components/schemas/S${index + 1}" } } }\n`,
).join("");

const wrongDocuments: readonly (readonly [string, string, RegExp])[] = [
  [
    "no version",
    "openapi: 3.1.1\ninfo: { title: T }\npaths: {}\n",
    /^api\.yaml:2:1 error struct: .*version/m,
  ],
  [
    "a reference to nothing",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: "#/components/schemas/B"\n`,
    /^api\.yaml:7:\d+ error reference_unresolved: /m,
  ],
  [
    "a reference to a file that is not there",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: other.yaml#/B\n`,
    /^api\.yaml:7:\d+ error reference_unresolved: /m,
  ],
  [
    "a discriminator that names nothing",
    `${head}paths: { /a: { get: { responses: { "200": { $ref: "#/components/responses/A" } } } } }\ncomponents:\n  responses:\n    A: { description: A, content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } }\n  schemas:\n    A:\n      discriminator: { propertyName: a, mapping: { a: Nothing } }\n`,
    /^api\.yaml:9:7 error reference_unresolved: .*Nothing/m,
  ],
  [
    "a reference out of its folder",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: ../other.yaml#/B\n`,
    /^api\.yaml:\d+:\d+ error reference_unresolved: .*outside the folder/m,
  ],
  [
    "a reference into the network",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: http://127.0.0.1:9/other.yaml#/B\n`,
    /^api\.yaml:\d+:\d+ error reference_unresolved: .*nothing is fetched/m,
  ],
  [
    "a pointer that cannot be decoded",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      $ref: "#/components/schemas/100%"\n    100%: {}\n`,
    /^api\.yaml:\d+:\d+ error invalid_pointer: .*%25/m,
  ],
  [
    "an operationId twice",
    `${head}paths:\n  /a:\n    get: { operationId: a, responses: {} }\n  /b:\n    get: { operationId: a, responses: {} }\n`,
    /^api\.yaml:7:\d+ error operation-operationId-unique: /m,
  ],
  [
    "a path parameter that is not declared",
    `${head}paths:\n  /a/{id}:\n    get: { operationId: a, responses: {} }\n`,
    /^api\.yaml:5:5 error path-parameters-defined: .*id/m,
  ],
  [
    "a path parameter that is not in the path",
    `${head}paths:\n  /a/{x}:\n    get: { operationId: a, parameters: [{ name: x, in: path, required: true }, { name: y, in: path, required: true }], responses: {} }\n`,
    /^api\.yaml:5:\d+ error path-parameters-defined: .*"y" is not in the path/m,
  ],
  [
    "a path parameter that is not required",
    `${head}paths:\n  /a/{x}:\n    parameters: [{ name: x, in: path, required: false }]\n    get: { operationId: a, responses: {} }\n`,
    /^api\.yaml:5:\d+ error path-parameter-required: .*"x": write `required: true`/m,
  ],
  [
    "a range of statuses in lower case",
    `${head}paths:\n  /a:\n    get: { operationId: a, responses: { 5xx: { description: "" } } }\n`,
    /^api\.yaml:5:\d+ error response-status: "5xx" is no status/m,
  ],
  [
    "a schema that is a list",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A: { type: object, properties: [a] }\n`,
    /^api\.yaml:6:\d+ error struct: /m,
  ],
  [
    "a rule that is not CEL",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      x-invariants:\n        - { id: a, message: It is wrong., severity: error, rule: self.a == }\n`,
    /^api\.yaml:8:60 error rule_syntax: The rule of the invariant "a" is not a CEL expression.*\(at #\/components\/schemas\/A\/x-invariants\/0\/rule\)$/m,
  ],
  [
    "a malformed lifecycle",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A:\n      x-lifecycle: { property: status }\n`,
    /^api\.yaml:7:7 error invalid_extension: .*#\/components\/schemas\/A\/x-lifecycle/m,
  ],
  [
    "a schema that is itself",
    `${head}paths: {}\ncomponents:\n  schemas:\n    A: { anyOf: [{ $ref: "#/components/schemas/B" }] }\n    B: { $ref: "#/components/schemas/A" }\n`,
    /^api\.yaml:6:5 error endless-schema: .*#\/components\/schemas\/A/m,
  ],
  [
    "schemas in a chain that cannot be followed",
    `${head}paths: {}\ncomponents:\n  schemas:\n${longChain}    S5000: { type: string }\n`,
    /^api\.yaml:1:1 error too-deep: .*longer chains/m,
  ],
  ["text that is not YAML", "a: [b\n", /^api\.yaml:2:1 error document_unreadable: /m],
  [
    "an older version",
    'swagger: "2.0"\n',
    /^api\.yaml:1:1 error document_unsupported: The document must be OpenAPI 3\.0 or 3\.1/m,
  ],
  ["nothing at all", "", /^api\.yaml:1:1 error document_unsupported: /m],
];

describe("an invalid document", () => {
  test.each(wrongDocuments)(
    "with %s is refused with file, line and rule",
    async (_name, text, problem) => {
      using scratch = scratchFolder();
      writeFileSync(join(scratch.path, "api.yaml"), text);
      mkdirSync(join(scratch.path, "out"));
      const args = ["--spec", "api.yaml", "--out", "out"];
      const { exitCode, output } = await runInProcess(args, scratch.path);
      expect(output).toMatch(problem);
      expect(output).toMatch(/Nothing was written\.\n$/);
      expect(exitCode).toBe(1);
      expect(readdirSync(join(scratch.path, "out"))).toEqual([]);
    },
  );

  test("that cannot be read is refused", () => {
    using scratch = scratchFolder();
    const { status, stderr } = runGenerator(["--spec", "none.yaml", "--out", "out"], scratch.path);
    expect(stderr).toMatch(/^none\.yaml error document_unreadable: /);
    expect(status).toBe(1);
    expect(readdirSync(scratch.path)).toEqual([]);
  });
});
