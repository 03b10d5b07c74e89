import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, it, onTestFinished } from "vitest";
import { assertReferences, DocumentError, loadDocument } from "../src/index.ts";

/** Writes files into a new folder, which goes with the test. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = scratchFolder(files);
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

async function failureOf(load: Promise<unknown>): Promise<DocumentError> {
  const error: unknown = await load.catch((reason: unknown) => reason);
  if (!(error instanceof DocumentError)) throw new Error(`not a DocumentError: ${String(error)}`);
  return error;
}

const minimal = "openapi: 3.1.0\npaths: {}\n";

describe("a document in one file", () => {
  it.each([
    ["YAML", "spec.yaml", minimal],
    ["JSON", "spec.json", '{"openapi":"3.0.4","paths":{}}'],
    ["YAML that begins like JSON", "spec.yaml", "{openapi: 3.1.0, paths: {}}"],
    ["a byte order mark", "spec.json", '\u{FEFF}{"openapi":"3.1.0"}'],
  ])("is read: %s", async (_what, name, text) => {
    const folder = folderWith({ [name]: text });
    const byPath = await loadDocument(join(folder, name));
    const byUrl = await loadDocument(pathToFileURL(join(folder, name)));
    expect(byPath.value).toEqual(byUrl.value);
    expect(byPath.value["openapi"]).toMatch(/^3\.[01]\./);
  });

  it("may be an object, which is not changed", async () => {
    const source = Object.freeze({ openapi: "3.1.0", paths: {} });
    expect((await loadDocument(source)).value).toEqual(source);
  });

  it("keeps a date as the text that it is, and takes merge keys", async () => {
    const folder = folderWith({
      "spec.yaml": `${minimal}x-day: 2021-01-01\nx-base: &base {a: 1}\nx-more: {<<: *base, b: 2}\n`,
    });
    const { value } = await loadDocument(join(folder, "spec.yaml"));
    expect(value).toMatchObject({ "x-day": "2021-01-01", "x-more": { a: 1, b: 2 } });
  });

  it("has an object of its own at each place that YAML aliases share", async () => {
    const folder = folderWith({ "spec.yaml": `${minimal}x-a: &a {b: 1}\nx-c: *a\n` });
    const { value } = await loadDocument(join(folder, "spec.yaml"));
    expect(value["x-a"]).toEqual(value["x-c"]);
    expect(value["x-a"]).not.toBe(value["x-c"]);
  });
});

describe("a document that cannot be read", () => {
  it.each([
    ["nothing", "", "document_unsupported", /has no `openapi` version/],
    ["a list", "- 1\n", "document_unsupported", /has no `openapi` version/],
    ["Swagger", 'swagger: "2.0"\n', "document_unsupported", /has no `openapi` version/],
    ["OpenAPI 3.2", "openapi: 3.2.0\n", "document_unsupported", /`openapi` is "3.2.0"/],
    ["a number as version", "openapi: 3.1\n", "document_unsupported", /`openapi` is 3.1/],
    ["broken YAML", "openapi: 3.1.0\ninfo: {", "document_unreadable", /not JSON or YAML/],
    ["a key twice", "openapi: 3.1.0\nopenapi: 3.1.0\n", "document_unreadable", /duplicated/],
    ["an alias within itself", "openapi: &a [*a]\n", "document_unreadable", /never end/],
  ])("%s", async (_what, text, code, message) => {
    const file = join(folderWith({ "spec.yaml": text }), "spec.yaml");
    const error = await failureOf(loadDocument(file));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("is told with file, line and column", async () => {
    const file = join(
      folderWith({ "spec.yaml": "openapi: 3.1.0\ninfo:\n  title: a\n  title: b\n" }),
      "spec.yaml",
    );
    const error = await failureOf(loadDocument(file));
    expect(error.place).toEqual({ file, line: 4, column: 3 });
    expect(error.message.startsWith(`${file}:4:3: `)).toBe(true);
  });

  it.each([
    ["a file that is not there", "nobody.yaml", /ENOENT/],
    ["a folder", ".", /EISDIR/],
  ])("%s", async (_what, name, message) => {
    const error = await failureOf(loadDocument(join(folderWith({}), name)));
    expect(error.code).toBe("document_unreadable");
    expect(error.message).toMatch(message);
  });

  it("is refused in bounded memory when aliases multiply it", async () => {
    const levels = Array.from({ length: 40 }, (_, index) =>
      index === 0
        ? "l0: &l0 [x, x, x]"
        : `l${index}: &l${index} [*l${index - 1}, *l${index - 1}, *l${index - 1}]`,
    );
    const folder = folderWith({ "spec.yaml": `${minimal}x-bomb:\n  ${levels.join("\n  ")}\n` });
    const error = await failureOf(loadDocument(join(folder, "spec.yaml")));
    expect(error.message).toMatch(/10 times as large as it is written/);
  });
});

describe("a document in several files", () => {
  const root = `openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        "200":
          $ref: parts/response.yaml
`;
  const response = `description: yes
content:
  application/json:
    schema: { $ref: "schemas.json#/Thing" }
    examples:
      one: { externalValue: ../examples/one.json }
      note: { externalValue: ../examples/note.txt }
      far: { externalValue: "https://example.com/far.json" }
`;
  const files = {
    "spec.yaml": root,
    "parts/response.yaml": response,
    "parts/schemas.json": '{"Thing":{"type":"object","properties":{"self":{"$ref":"#/Thing"}}}}',
    "examples/one.json": '{"a":1}',
    "examples/note.txt": "plain",
  };

  it("becomes one, with the values of its examples", async () => {
    const document = await loadDocument(join(folderWith(files), "spec.yaml"));
    assertReferences(document);
    const [operation] = document.operations;
    const json = operation?.responses[0]?.content[0];
    expect(json?.value["examples"]).toEqual({
      one: { value: { a: 1 } },
      note: { value: "plain" },
      far: { externalValue: "https://example.com/far.json" },
    });
    expect(JSON.stringify(document.value)).not.toMatch(/"\$ref":"[^#]/);
  });

  it("brings in the examples of a document whose references stay within", async () => {
    const text = `${minimal}components: { examples: { one: { externalValue: one.yaml } } }\n`;
    const folder = folderWith({ "spec.yaml": text, "one.yaml": "a: 1\n" });
    const document = await loadDocument(join(folder, "spec.yaml"));
    expect(document.at("#/components/examples/one")).toEqual({ value: { a: 1 } });
  });

  it.each([
    ["to the network", "$ref: http://127.0.0.1:9/a.yaml", /nothing is fetched/],
    ["to a file that is not there", "$ref: nobody.yaml", /ENOENT/],
    ["out of the folder", "$ref: ../secret.yaml", /outside the folder/],
    ["out of the folder by its full path", "$ref: /etc/hostname", /outside the folder/],
    ["out of the folder by a link", "$ref: link.yaml", /outside the folder/],
    ["out of the folder by an encoded path", "$ref: '%2e%2e/secret.yaml'", /outside the folder/],
    [
      "to an example outside the folder",
      "examples: {a: {externalValue: ../secret.yaml}}",
      /outside the folder/,
    ],
    ["to a file that is not YAML", "$ref: bad.yaml", /not JSON or YAML/],
  ])("is refused where a reference leads %s, at its place", async (_what, reference, message) => {
    const text = `openapi: 3.1.0\ncomponents:\n  schemas:\n    A:\n      ${reference}\n`;
    const folder = folderWith({
      "inner/spec.yaml": text,
      "inner/bad.yaml": "a: {",
      "secret.yaml": "secret: true\n",
    });
    symlinkSync(join(folder, "secret.yaml"), join(folder, "inner/link.yaml"));
    const error = await failureOf(loadDocument(join(folder, "inner/spec.yaml")));
    expect(error.code).toBe("reference_unresolved");
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("secret: true");
    expect(error.pointer).toMatch(/^#\/components\/schemas\/A/);
    expect(error.place?.line).toBeGreaterThanOrEqual(4);
  });

  it("may take files of a larger folder that it is allowed", async () => {
    const folder = folderWith({
      "inner/spec.yaml": `${minimal}components: { schemas: { A: { $ref: ../a.yaml } } }\n`,
      "a.yaml": "type: string\n",
    });
    const document = await loadDocument(join(folder, "inner/spec.yaml"), { folder });
    expect(document.at("#/components/schemas/A")).toEqual({ type: "string" });
  });
});

describe("locate", () => {
  it("leads to the key of a member, or to the nearest thing around it", async () => {
    const text = `openapi: 3.1.0\npaths:\n  /a~b:\n    parameters:\n      - name: x\n        in: query\n`;
    const file = join(folderWith({ "spec.yaml": text }), "spec.yaml");
    const document = await loadDocument(file);
    expect(document.locate("#/paths/~1a~0b")).toEqual({ file, line: 3, column: 3 });
    expect(document.locate("#/paths/~1a~0b/parameters/0/in")).toEqual({ file, line: 6, column: 9 });
    expect(document.locate("#/paths/~1a~0b/get")).toEqual({ file, line: 3, column: 3 });
  });

  it("names the place of a reference within the document that leads to nothing", async () => {
    const text = `${minimal}components:\n  schemas:\n    A: { $ref: "#/components/schemas/B" }\n`;
    const file = join(folderWith({ "spec.yaml": text }), "spec.yaml");
    const document = await loadDocument(file);
    expect(() => assertReferences(document)).toThrow(`${file}:5:10: #/components/schemas/A: `);
  });
});
