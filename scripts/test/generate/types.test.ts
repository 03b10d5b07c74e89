import { describe, expect, test } from "vitest";
import { compileFolder, writeTexts } from "./support/compile-folder.ts";
import {
  documentWith,
  documentWithSchemas,
  getOperation,
  planDocument,
  textOf,
} from "./support/plan-document.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** A comment and the field after it, as they stand in the types of a schema. */
function docComment(lines: readonly string[], field: string): string {
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */", field]
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Compiles a consumer beside the generated modules. */
async function compileConsumer(document: Record<string, unknown>, source: string): Promise<string> {
  using scratch = scratchFolder();
  const plan = await planDocument(document);
  writeTexts(scratch.path, [...plan.files, ["consumer.ts", source]]);
  return compileFolder(scratch.path);
}

describe("the types of a document", () => {
  const color = { type: "string", enum: ["red", "green"], description: "A color." };

  test("allow other values for an enum that a response leads to", async () => {
    const document = documentWith({
      paths: getOperation("getPaint", ref("Paint")),
      components: {
        schemas: { Color: color, Paint: { type: "object", properties: { color: ref("Color") } } },
      },
    });
    const source = `import type { Color, KnownColor, Paint } from "./index.ts";
export const known: Paint = { color: "red" };
export const unknown: Paint = { color: "ultraviolet" };
export const color: Color = "infrared";
// @ts-expect-error A number is not among the strings.
export const wrong: Paint = { color: 1 };
// @ts-expect-error The closed union has the known values only.
export const closed: KnownColor = "infrared";
`;
    expect(await compileConsumer(document, source)).toBe("");
  });

  test("have properties and arrays that can be written", async () => {
    const properties = { name: { type: "string" }, colors: { type: "array", items: color } };
    const document = documentWithSchemas({ Paint: { type: "object", properties } });
    const source = `import type { Paint } from "./index.ts";
export function repaint(paint: Paint): void {
  paint.name = "new";
  paint.colors?.push("red");
}
`;
    expect(await compileConsumer(document, source)).toBe("");
  });

  test("keep an enum closed that only requests lead to", async () => {
    const parameters = [{ name: "color", in: "query", schema: ref("Color") }];
    const document = documentWith({
      paths: getOperation("listPaints", { type: "string" }, { parameters }),
      components: { schemas: { Color: color } },
    });
    const source = `import type { Color } from "./index.ts";
export const known: Color = "red";
// @ts-expect-error Nobody can send what the document does not know.
export const unknown: Color = "ultraviolet";
`;
    expect(await compileConsumer(document, source)).toBe("");
  });

  test.each([
    [
      "a discriminator's mapping",
      { discriminator: { propertyName: "k", mapping: { a: "Paint" } } },
    ],
    ["a reference within a reference", { allOf: [ref("Link")] }],
  ])("open an enum that a response leads to by %s", async (_name, schema) => {
    const document = documentWith({
      paths: getOperation("get", { type: "object", ...schema }),
      components: {
        schemas: {
          Link: ref("Paint"),
          Paint: { type: "object", properties: { color } },
        },
      },
    });
    const text = textOf(await planDocument(document), "types.ts");
    expect(text).toContain('color?: "red" | "green" | (string & {});');
  });

  test("open an enum that the API sends in a callback, and keep what it is answered closed", async () => {
    const sent = { type: "object", properties: { sent: color } };
    const answered = { type: "object", properties: { answered: color } };
    const post = {
      requestBody: { content: { "application/json": { schema: sent } } },
      responses: {
        "200": { description: "", content: { "application/json": { schema: answered } } },
      },
    };
    const callbacks = { changed: { "{$request.query.url}": { post } } };
    const document = documentWith({
      paths: getOperation("get", { type: "string" }, { callbacks }),
      webhooks: { changed: { post } },
    });
    const text = textOf(await planDocument(document), "types.ts");
    expect(text).toContain('sent?: "red" | "green" | (string & {});');
    expect(text).toContain('answered?: "red" | "green";');
  });

  test("keep an enum with one value closed: it is a constant", async () => {
    const document = documentWithSchemas({ Kind: { type: "string", enum: ["cat"] } });
    expect(textOf(await planDocument(document), "types.ts")).toContain('type Kind = "cat";');
  });

  test("have null for a nullable enum, in OpenAPI 3.0 and 3.1", async () => {
    const in31 = documentWithSchemas({
      Color: { type: ["string", "null"], enum: ["a", "b", null] },
    });
    const in30 = documentWithSchemas(
      { Color: { type: "string", nullable: true, enum: ["a", "b"] } },
      "3.0.3",
    );
    for (const document of [in31, in30]) {
      const text = textOf(await planDocument(document), "types.ts");
      expect(text).toContain('type Color = "a" | "b" | null | (string & {});');
    }
  });

  test("follow the direction: what is readOnly is not sent, what is writeOnly not received", async () => {
    const user = {
      type: "object",
      required: ["id", "name", "password"],
      properties: {
        id: { type: "string", readOnly: true },
        name: { type: "string" },
        password: { type: "string", writeOnly: true },
        friends: { type: "array", items: ref("User") },
      },
    };
    const content = { "application/json": { schema: ref("Team") } };
    const document = documentWith({
      paths: getOperation("putTeam", ref("Team"), { requestBody: { required: true, content } }),
      components: {
        schemas: { User: user, Team: { type: "object", properties: { lead: ref("User") } } },
      },
    });
    const source = `import type { Team, TeamInRequest, User, operations } from "./index.ts";
import { validateTeam, validateTeamInRequest } from "./validators.ts";
type Operation = operations["putTeam"];
export const sent: Operation["requestBody"]["content"]["application/json"] = { lead: { name: "n", password: "p" } };
export const same: TeamInRequest = sent;
export const received: Operation["responses"][200]["content"]["application/json"] = { lead: { id: "i", name: "n" } };
export const alike: Team = received;
export const friend: User = { id: "i", name: "n", friends: [{ id: "j", name: "m" }] };
// A record that was read can be sent back.
export const again: TeamInRequest = { lead: { ...friend, password: "p", friends: [] } };
// @ts-expect-error An id is not sent.
export const withId: TeamInRequest = { lead: { id: "i", name: "n", password: "p" } };
// @ts-expect-error A password is not received.
export const withPassword: Team = { lead: { id: "i", name: "n", password: "p" } };
void [validateTeam(received), validateTeamInRequest(sent)];
`;
    expect(await compileConsumer(document, source)).toBe("");
    const plan = await planDocument(document);
    expect(textOf(plan, "index.ts")).toContain("  TeamInRequest,\n  User,\n  UserInRequest,\n");
  });

  test("document a field that is a reference: by what stands beside it, else by what it leads to", async () => {
    const document = documentWithSchemas({
      Id: { type: "string", description: "Any id.", examples: ["id_1"], format: "uuid" },
      Thing: {
        type: "object",
        description: "A thing.\n\nWith a second paragraph.",
        properties: {
          own: { ...ref("Id"), description: "This very id.", examples: ["id_2"] },
          inherited: ref("Id"),
          mode: {
            type: "string",
            description: "Its mode.",
            enum: ["a"],
            "x-enumDescriptions": { a: "It is first." },
          },
          old: { type: "string", deprecated: true, description: "No longer used.", default: "x" },
          end: {
            type: ["string", "null"],
            description: "Its end.",
            "x-assumption": "Null until then.",
          },
        },
      },
    });
    const text = textOf(await planDocument(document), "types.ts");
    const expected = [
      docComment(["This very id.", "", "Format: uuid", "", "@example id_2"], "own?:"),
      docComment(["Any id.", "", "Format: uuid", "", "@example id_1"], "inherited?:"),
      docComment(["Its end.", "", "Assumed: Null until then."], "end?:"),
      docComment(["Its mode.", "", "- `a`: It is first."], "mode?:"),
      docComment(["No longer used.", "", "@default x", "@deprecated"], "old?:"),
    ];
    for (const comment of expected) expect(text).toContain(comment);
    expect(text).toContain(
      "/**\n * A thing.\n *\n * With a second paragraph.\n */\nexport interface Thing {",
    );
  });

  test("let no text of the document end a comment or become a tag", async () => {
    const description = "*/ export const injected = 1; /*\n@deprecated is only a word";
    const document = documentWithSchemas({ Thing: { type: "string", description } });
    const text = textOf(await planDocument(document), "types.ts");
    expect(text).not.toMatch(/^export const injected|\*\/ export|^ *\* @deprecated/m);
    expect(await compileConsumer(document, "export {};\n")).toBe("");
  });

  test("make a property with a default optional", async () => {
    const document = documentWithSchemas({
      Thing: { type: "object", properties: { size: { type: "integer", default: 1 } } },
    });
    expect(textOf(await planDocument(document), "types.ts")).toContain("size?: number;");
  });

  test("follow references to any place of the document", async () => {
    const document = documentWith({
      paths: getOperation("get", {
        type: "object",
        properties: { tree: ref("Tree/properties/nodes/items"), self: ref("Tree") },
      }),
      components: {
        schemas: {
          Tree: {
            type: "object",
            properties: {
              nodes: { type: "array", items: { type: "object", properties: { up: ref("Tree") } } },
              same: { $ref: "#/paths/~1get/get/responses/200/content/application~1json/schema" },
            },
          },
        },
      },
    });
    const source = `import type { operations } from "./index.ts";
type Body = operations["get"]["responses"][200]["content"]["application/json"];
export const body: Body = { tree: { up: { same: { self: {} } } } };
// @ts-expect-error The type of the target is known.
export const wrong: Body = { tree: { up: 1 } };
`;
    expect(await compileConsumer(document, source)).toBe("");
  });
});
