import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertReferences, loadDocument } from "../src/index.ts";
import { failureOf, folderWith } from "./folder-with.ts";

const minimal = "openapi: 3.1.0\npaths: {}\n";

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
      "{}\n  examples: {A: {externalValue: ../secret.yaml}}",
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
    expect(error.pointer).toMatch(/^#\/components\/(?:schemas|examples)\/A/);
    expect(error.place?.line).toBeGreaterThanOrEqual(4);
  });

  it("leads to the same part once, there and back, by every way to write it", async () => {
    const schemas = {
      A: { $ref: "b%20c%25.yaml#/B" },
      Again: { $ref: "./b%20c%25.yaml#/B" },
      Beside: { $ref: "b c%25.yaml#/Text", maxLength: 1 },
      Encoded: { $ref: "b%20c%25.yaml#/a%2Fb" },
      Named: { $ref: "b%20c%25.yaml#/A%2520B" },
      Whole: { $ref: "sub/index.yaml" },
    };
    const folder = folderWith({
      "spec.yaml": JSON.stringify({ openapi: "3.1.0", components: { schemas } }),
      "b c%.yaml": `
B: { properties: { back: { $ref: "spec.yaml#/components/schemas/A" }, own: { $ref: "#/B" } } }
Text: { type: string }
A B: { title: decoded }
A%20B: { title: encoded }
a: { b: { title: nested } }
`,
      "sub/index.yaml": `properties: { up: { $ref: "../b c%25.yaml#/Text" } }`,
    });
    const document = await loadDocument(join(folder, "spec.yaml"));
    assertReferences(document);
    const at = "#/components/schemas";
    expect(document.at(at)).toEqual({
      A: { properties: { back: { $ref: `${at}/A` }, own: { $ref: `${at}/A` } } },
      Again: { $ref: `${at}/A` },
      Beside: { maxLength: 1, allOf: [{ type: "string" }] },
      Encoded: { title: "nested" },
      Named: { title: "encoded" },
      Whole: { properties: { up: { $ref: `${at}/Beside/allOf/0` } } },
    });
  });

  it("may keep its schemas, paths or properties in a file each", async () => {
    const folder = folderWith({
      "spec.yaml": `
openapi: 3.0.4
paths: { $ref: paths.yaml }
components: { schemas: { $ref: schemas.yaml } }
`,
      "paths.yaml": `/a: { $ref: "#/~1b" }\n/b: { get: { responses: {} } }\n`,
      "schemas.yaml": `A: { type: string }\nB: { properties: { $ref: "#/C" } }\nC: { d: { $ref: "#/A" } }\n`,
    });
    const document = await loadDocument(join(folder, "spec.yaml"));
    expect(document.operations.map(({ id }) => id)).toEqual(["GET /a", "GET /b"]);
    expect(document.at("#/components/schemas/B")).toEqual({
      properties: { d: { type: "string" } },
    });
  });

  it("leaves data alone that looks like a reference", async () => {
    const data = { $ref: "https://example.com/Users/1", externalValue: "nobody.txt" };
    const content = { "application/json": { example: data, examples: { a: { value: data } } } };
    const document = {
      openapi: "3.1.0",
      components: {
        schemas: {
          A: { default: data, const: data, enum: [data], examples: [data], "x-a": data },
          B: { properties: { $ref: { type: "string" }, externalValue: { $ref: "b.yaml" } } },
        },
        responses: { A: { content } },
      },
    };
    const folder = folderWith({
      "spec.json": JSON.stringify(document),
      "b.yaml": "type: string\n",
    });
    const { value } = await loadDocument(join(folder, "spec.json"));
    const { A, B } = document.components.schemas;
    const schemas = {
      A,
      B: { properties: { ...B.properties, externalValue: { type: "string" } } },
    };
    expect(value).toEqual({ ...document, components: { ...document.components, schemas } });
  });

  it.each([
    ["a file on another host", "file://host/a.yaml", /cannot be followed: File URL host/],
    ["an encoded slash in a file URL", "file:///a%2Fb.yaml", /cannot be followed: File URL path/],
    ["what objects inherit", "b.yaml#/constructor", /leads to nothing/],
    ["an index that is not one", "b.yaml#/list/00", /leads to nothing/],
    ["a malformed pointer", "b.yaml#/100%", /has a % that begins no encoded character/],
    ["an anchor", "b.yaml#a", /is not a JSON pointer/],
    ["a NUL", "b.yaml\0", /null bytes/],
    ["what is not a file", ".", /it is not a file/],
    ["too many levels", "deep.json", /nested deeper/],
    ["too many copies", "bomb.yaml", /10 times as large/],
  ])("is refused at its place where a reference leads to %s", async (_what, $ref, message) => {
    const aliases = Array.from({ length: 40 }, (_, index) => {
      const last = `*l${index}`;
      return `l${index + 1}: &l${index + 1} [${last}, ${last}, ${last}]\n`;
    });
    const folder = folderWith({
      "spec.json": JSON.stringify({ openapi: "3.1.0", components: { schemas: { A: { $ref } } } }),
      "b.yaml": "list: [{}]\n",
      "deep.json": "[".repeat(5000) + "]".repeat(5000),
      "bomb.yaml": `l0: &l0 [x]\n${aliases.join("")}`,
    });
    const error = await failureOf(loadDocument(join(folder, "spec.json")));
    expect(error).toMatchObject({
      code: "reference_unresolved",
      pointer: "#/components/schemas/A",
      place: { line: 1, column: 50 },
    });
    expect(error.message).toMatch(message);
  });

  it.each([
    ["a folder that is not there", "spec.yaml", { folder: "nowhere" }, "reference_unresolved"],
    ["a URL that is not of a file", new URL("http://127.0.0.1/"), {}, "document_unreadable"],
    ["an object that is not data", { openapi: "3.1.0", call: Math.abs }, {}, "document_unreadable"],
  ])("is refused: %s", async (_what, source, options, code) => {
    const folder = folderWith({
      "spec.yaml": `${minimal}components: { schemas: { A: { $ref: a.yaml } } }\n`,
      "a.yaml": "{}",
    });
    const path = typeof source === "string" ? join(folder, source) : source;
    expect((await failureOf(loadDocument(path, options))).code).toBe(code);
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

it("the mapping of a discriminator leads where its schemas stand", async () => {
  const folder = folderWith({
    "spec.yaml": `${minimal}components:
  schemas:
    Local: { type: object }
    Pet: { $ref: pets/pet.yaml }
`,
    "pets/pet.yaml": `oneOf: [{ $ref: "cat.yaml" }, { $ref: "all.yaml#/Dog" }]
discriminator:
  propertyName: kind
  mapping: { cat: ./cat.yaml, dog: "all.yaml#/Dog", local: Local, up: "../spec.yaml#/components/schemas/Local" }
`,
    "pets/cat.yaml": "type: object\n",
    "pets/all.yaml": "Dog: { type: object }\n",
  });
  const document = await loadDocument(join(folder, "spec.yaml"));
  expect(document.at("#/components/schemas/Pet/discriminator/mapping")).toEqual({
    cat: "#/components/schemas/Pet/oneOf/0",
    dog: "#/components/schemas/Pet/oneOf/1",
    local: "Local",
    up: "#/components/schemas/Local",
  });
});
