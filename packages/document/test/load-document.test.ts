import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, test } from "vitest";
import { assertReferences, loadDocument } from "../src/index.ts";
import { failureOf, folderWith } from "./folder-with.ts";

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

const deep = (open: string, levels: number, close: string): string =>
  `{"openapi":"3.1.0","x-a":${open.repeat(levels)}${close.repeat(levels)}}`;

describe("a document that cannot be read", () => {
  it.each([
    ["nothing", "", "document_unsupported", /has no `openapi` version/],
    ["a list", "- 1\n", "document_unsupported", /has no `openapi` version/],
    ["Swagger", 'swagger: "2.0"\n', "document_unsupported", /has no `openapi` version/],
    ["OpenAPI 3.2", "openapi: 3.2.0\n", "document_unsupported", /`openapi` is "3.2.0"/],
    ["a number as version", "openapi: 3.1\n", "document_unsupported", /`openapi` is 3.1/],
    ["broken YAML", "openapi: 3.1.0\ninfo: {", "document_unreadable", /not JSON or YAML/],
    ["a key twice", "openapi: 3.1.0\nopenapi: 3.1.0\n", "document_unreadable", /duplicated/],
    [
      "a key twice in JSON",
      '{"openapi":"3.1.0","a":{"b\\"":1,"b\\"":2}}',
      "document_unreadable",
      /duplicated/,
    ],
    [
      "JSON of 100,000 levels",
      deep("[", 100_000, "]"),
      "document_unreadable",
      /nested deeper than 500/,
    ],
    [
      "YAML of 100,000 levels",
      `${minimal}x-a: ${"[".repeat(100_000)}`,
      "document_unreadable",
      /maxDepth/,
    ],
    ["a NUL", `${minimal}x-a: \0`, "document_unreadable", /null byte/],
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

test("references are the same to tools that split pointers before they decode them", async () => {
  const references = [
    "#/a%2Fb",
    "#%2fa/%7E1b",
    "#/a%20b/100%25",
    "#/a~1b",
    "#/none%2F",
    "#/100%%2F",
  ];
  const expected = ["#/a/b", "#/a/~1b", "#/a%20b/100%25", "#/a~1b", "#/none%2F", "#/100%%2F"];
  const schemas = Object.fromEntries(references.map(($ref, index) => [index, { $ref }]));
  const { value } = await loadDocument({
    openapi: "3.1.0",
    a: { b: {}, "/b": {} },
    components: { schemas },
  });
  expect(Object.values(schemas).map(({ $ref }) => $ref)).toEqual(references);
  expect(value["components"]).toEqual({
    schemas: Object.fromEntries(expected.map(($ref, index) => [index, { $ref }])),
  });
});

describe("locate", () => {
  it("does not count a byte order mark, nor the CR of CRLF", async () => {
    const file = join(
      folderWith({ "spec.yaml": "\u{FEFF}openapi: 3.1.0\r\npaths:\r\n  /a: {}\r\n" }),
      "spec.yaml",
    );
    const document = await loadDocument(file);
    expect(document.locate("#/openapi")).toEqual({ file, line: 1, column: 1 });
    expect(document.locate("#/paths/~1a")).toEqual({ file, line: 3, column: 3 });
  });

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
