import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { afterAll, expect, test } from "vitest";
import { SpecError, createMock } from "../../src/index.ts";

const { path: folder, [Symbol.dispose]: remove } = scratchFolder();
afterAll(remove);

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const minimal = (extra: string): string =>
  `openapi: 3.1.0\ninfo: {title: t, version: "1"}\n${extra}`;

test.each([
  ["no such file", undefined, /gone\.yaml cannot be read/],
  ["no YAML", "a: [", /no YAML\.yaml:2:1: The file is not JSON or YAML/],
  ["no OpenAPI", "a: 1", /must be OpenAPI 3\.0 or 3\.1, but it has no `openapi` version/],
  ["Swagger", 'swagger: "2.0"', /must be OpenAPI 3\.0 or 3\.1/],
  ["no paths", minimal("paths: {}"), /no paths/],
  [
    "a reference to nothing",
    minimal("paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/A'}}}}}"),
    /:3:\d+: #\/paths\/~1a\/get\/responses\/200: the reference "#\/components\/responses\/A" leads to nothing/,
  ],
  [
    "a reference to the network",
    minimal("paths: {/a: {$ref: 'http://127.0.0.1:9/a.yaml'}}"),
    /:3:\d+: #\/paths\/~1a: http:\/\/127\.0\.0\.1:9\/a\.yaml is not a local file/,
  ],
  [
    "a missing example file",
    minimal(
      "paths: {/a: {get: {responses: {'200': {description: d, content: {application/json: {examples: {a: {externalValue: gone.json}}}}}}}}}",
    ),
    /gone\.json cannot be read/,
  ],
])("names what is wrong with a document: %s", async (name, text, message) => {
  const path = text === undefined ? join(folder, "gone.yaml") : await fileOf(`${name}.yaml`, text);
  const attempt = createMock({ spec: path });
  await expect(attempt).rejects.toThrow(SpecError);
  await expect(attempt).rejects.toThrow(message);
});

test.each([
  [
    "a schema that does not compile",
    (text: string) => text.replace('"type":["string","null"]', '"type":"strng"'),
    /does not compile/,
  ],
  [
    "a pattern that cannot be checked",
    (text: string) => text.replace('"^[0-9a-f]{32}$"', '"(["'),
    /pattern: the pattern \(\[ is not an ECMAScript regular expression/,
  ],
  [
    "a rule that does not compile",
    (text: string) => text.replace("self.id == request.path.id", "self.id =="),
    /id-matches-path/,
  ],
  [
    "no example of the initial status",
    (text: string) => text.replaceAll('"status":"pending"', '"status":"completed"'),
    /"pending", the initial status/,
  ],
] as const)("names what is wrong with a document: %s", async (_, edit, message) => {
  const spec: object = JSON.parse(edit(JSON.stringify(openapiDocument)));
  const attempt = createMock({ spec });
  await expect(attempt).rejects.toThrow(SpecError);
  await expect(attempt).rejects.toThrow(message);
});

test.each([
  ["a pattern", "([", "self.id == 'x'", /:\d+:\d+: #\/paths.+\/pattern: the pattern \(\[ is not/],
  [
    "an example",
    "^x$",
    "self.id == 'y'",
    /:\d+:\d+: #\/paths.+\/application~1json: GET .+ needs an/,
  ],
  ["a rule", "^x$", "self.id ==", /:\d+:\d+: #\/paths.+\/x-invariants\/0\/rule: The rule of the/],
])("says where in its file %s is wrong", async (name, pattern, rule, message) => {
  const schema = {
    properties: { status: {}, id: { pattern } },
    "x-lifecycle": {
      property: "status",
      initial: "new",
      order: ["new", "done"],
      terminal: { done: "success" },
    },
    "x-invariants": [{ id: "a", message: "It is wrong.", severity: "error", rule }],
  };
  const content = { "application/json": { schema, example: { status: "new", id: "x" } } };
  const responses = { "200": { description: "", content } };
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    paths: { "/a/{id}": { get: { responses } } },
  };
  const path = await fileOf(`${name}.json`, JSON.stringify(document, undefined, 2));
  await expect(createMock({ spec: path })).rejects.toThrow(message);
});

test.each([
  "#/components/schemas/a~1b",
  "#/components/schemas/a%7E1b",
  "#%2Fcomponents%2Fschemas/a~1b",
])("serves what %s leads to", async ($ref) => {
  const content = { "application/json": { schema: { $ref } } };
  const mock = await createMock({
    spec: {
      openapi: "3.1.0",
      info: { title: "t", version: "1" },
      paths: { "/a": { get: { responses: { "200": { description: "", content } } } } },
      components: { schemas: { "a/b": { type: "string", enum: ["found"] } } },
    },
  });
  expect(await (await mock.fetch("http://mock.test/a")).json()).toBe("found");
});

test("reads the authored document, its examples in files of their own", async () => {
  const mock = await createMock({
    spec: new URL("../../../../specs/openapi.yaml", import.meta.url),
  });
  expect(mock.sync().follow("completed").status).toBe("pending");
});
