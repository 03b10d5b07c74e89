import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "@qontext/sync-log-document";
import { documentWith, planDocument } from "./support/plan-document.ts";
import { runMethods } from "./support/run-methods.ts";
import type { Methods } from "./support/run-methods.ts";

const array = { type: "array", items: { type: "string" } };
const object = { type: "object", additionalProperties: { type: "string" } };
const text = { type: "string" };
const json = { "application/json": { schema: object } };
const colors = ["blue", "b&k"];
const rgb = { R: "100", "G&": "2 0" };

/** A parameter without its name, its value, and what follows the path `/a` of its request. */
const queries: readonly (readonly [JsonObject, unknown, string])[] = [
  [{ schema: text }, "a b&c", "?p%26q=a%20b%26c"],
  [{ schema: text }, null, ""],
  [{ schema: text }, "", "?p%26q="],
  [{ schema: array }, colors, "?p%26q=blue&p%26q=b%26k"],
  [{ schema: array }, [], ""],
  [{ schema: object }, rgb, "?R=100&G%26=2%200"],
  [{ schema: array, explode: false }, colors, "?p%26q=blue,b%26k"],
  [{ schema: array, explode: false }, [], ""],
  [{ schema: object, explode: false }, rgb, "?p%26q=R,100,G%26,2%200"],
  [{ schema: array, style: "spaceDelimited" }, colors, "?p%26q=blue%20b%26k"],
  [{ schema: array, style: "pipeDelimited", explode: false }, colors, "?p%26q=blue%7Cb%26k"],
  [{ schema: object, style: "pipeDelimited" }, rgb, "?p%26q=R%7C100%7CG%26%7C2%200"],
  [
    { schema: object, style: "deepObject", explode: true },
    rgb,
    "?p%26q%5BR%5D=100&p%26q%5BG%26%5D=2%200",
  ],
  [
    { schema: object, style: "deepObject", explode: true },
    { a: { b: [1, 2] } },
    "?p%26q%5Ba%5D%5Bb%5D=1&p%26q%5Ba%5D%5Bb%5D=2",
  ],
  [{ schema: text, allowReserved: true }, "a/b?c=d&e#f:g", "?p%26q=a/b?c%3Dd%26e%23f:g"],
  [{ schema: array, explode: false, allowReserved: true }, ["a/b", "c,d"], "?p%26q=a/b,c,d"],
  [{ content: json }, { a: ["b"] }, "?p%26q=%7B%22a%22%3A%5B%22b%22%5D%7D"],
  [{ content: { "text/plain": { schema: text } } }, "a b", "?p%26q=a%20b"],
];

/** The same with what the path has in place of the parameter. */
const paths: readonly (readonly [JsonObject, unknown, string])[] = [
  [{ schema: { type: "integer" } }, 5, "5"],
  [{ schema: array }, ["a/b", "c,d"], "a%2Fb,c%2Cd"],
  [{ schema: array, explode: true }, colors, "blue,b%26k"],
  [{ schema: object }, rgb, "R,100,G%26,2%200"],
  [{ schema: object, explode: true }, rgb, "R=100,G%26=2%200"],
  [{ schema: text, style: "label" }, "a b", ".a%20b"],
  [{ schema: array, style: "label" }, colors, ".blue,b%26k"],
  [{ schema: array, style: "label", explode: true }, colors, ".blue.b%26k"],
  [{ schema: object, style: "label" }, rgb, ".R,100,G%26,2%200"],
  [{ schema: object, style: "label", explode: true }, rgb, ".R=100.G%26=2%200"],
  [{ schema: text, style: "matrix" }, "a b", ";p-q=a%20b"],
  [{ schema: array, style: "matrix" }, colors, ";p-q=blue,b%26k"],
  [{ schema: array, style: "matrix", explode: true }, colors, ";p-q=blue;p-q=b%26k"],
  [{ schema: object, style: "matrix" }, rgb, ";p-q=R,100,G%26,2%200"],
  [{ schema: object, style: "matrix", explode: true }, rgb, ";R=100;G%26=2%200"],
  [{ content: json }, { a: "b" }, "%7B%22a%22%3A%22b%22%7D"],
];

/** The same with the value of the header or cookie. */
const headers: readonly (readonly ["header" | "cookie", JsonObject, unknown, string])[] = [
  ["header", { schema: { type: "boolean" } }, true, "true"],
  ["header", { schema: array }, ["p", "q"], "p,q"],
  ["header", { schema: object }, { a: 1, b: 2 }, "a,1,b,2"],
  ["header", { schema: object, explode: true }, { a: 1, b: 2 }, "a=1,b=2"],
  ["header", { content: json }, { a: "b" }, '{"a":"b"}'],
  ["cookie", { schema: text }, "a; b", "p%26q=a%3B%20b"],
  ["cookie", { schema: array, explode: false }, colors, "p%26q=blue,b%26k"],
  ["cookie", { schema: array }, colors, "p%26q=blue; p%26q=b%26k"],
  ["cookie", { schema: object }, rgb, "R=100; G%26=2%200"],
];

const form = "application/x-www-form-urlencoded";
const fields = { a: "x y", n: 1, tags: ["p", "q"], o: { k: "v" } };

/** A media type, its encoding, a body, and what is sent. */
const bodies: readonly (readonly [string, JsonObject, unknown, string])[] = [
  ["application/merge-patch+json", {}, { a: null }, '{"a":null}'],
  [form, {}, fields, "a=x%20y&n=1&tags=p&tags=q&o=%7B%22k%22%3A%22v%22%7D"],
  [
    form,
    { tags: { style: "pipeDelimited", explode: false }, o: { style: "deepObject" } },
    fields,
    "a=x%20y&n=1&tags=p%7Cq&o%5Bk%5D=v",
  ],
  [form, { tags: { contentType: "application/json" } }, { tags: ["p"] }, "tags=%5B%22p%22%5D"],
  ["text/csv", {}, "a,b\n", "a,b\n"],
  ["application/octet-stream", {}, new Uint8Array([104, 105]), "hi"],
];

const responses = { "204": { description: "" } };
const name = "p&q";
const pathName = "p-q";

/** Every row as an operation of its own, so that all are compiled at once. */
function operations(): JsonObject {
  const entries: (readonly [string, JsonObject])[] = [];
  const add = (id: string, path: string, members: JsonObject): void => {
    entries.push([path, { post: { operationId: id, responses, ...members } }]);
  };
  for (const [index, [parameter]] of queries.entries()) {
    add(`query${index}`, `/q${index}`, { parameters: [{ name, in: "query", ...parameter }] });
  }
  for (const [index, [parameter]] of paths.entries()) {
    const parameters = [{ name: pathName, in: "path", required: true, ...parameter }];
    add(`path${index}`, `/p${index}/{${pathName}}`, { parameters });
  }
  for (const [index, [place, parameter]] of headers.entries()) {
    const headerName = place === "header" ? "X-P" : name;
    add(`${place}${index}`, `/h${index}`, {
      parameters: [{ name: headerName, in: place, ...parameter }],
    });
  }
  for (const [index, [mediaType, encoding]] of bodies.entries()) {
    const schema = { type: "object" };
    const requestBody = { required: true, content: { [mediaType]: { schema, encoding } } };
    add(`body${index}`, `/b${index}`, { requestBody });
  }
  const file = {
    type: "object",
    properties: {
      file: { type: "string", format: "binary" },
      meta: object,
      n: { type: "integer" },
    },
  };
  const encoding = { meta: { contentType: "application/vnd.meta+json" } };
  add("upload", "/u", {
    requestBody: { content: { "multipart/form-data": { schema: file, encoding } } },
  });
  return Object.fromEntries(entries);
}

describe("a request is written by the document's styles:", () => {
  let client: Methods;
  let compilerErrors: string;
  beforeAll(async () => {
    const { document } = await planDocument(documentWith({ paths: operations() }));
    ({ client, errors: compilerErrors } = await runMethods(document));
  });

  test("the code compiles", () => {
    expect(compilerErrors).toBe("");
  });

  test.each(queries.map((row, index) => [...row, index] as const))(
    "the query %j with %j is %s",
    (_parameter, value, expected, index) => {
      const { url } = client[`query${index}Request`]?.("", { [name]: value }) ?? {};
      expect(url).toBe(`/q${index}${expected}`);
    },
  );

  test.each(paths.map((row, index) => [...row, index] as const))(
    "the path %j with %j is %s",
    (_parameter, value, expected, index) => {
      const { url } = client[`path${index}Request`]?.("", { [pathName]: value }) ?? {};
      expect(url).toBe(`/p${index}/${expected}`);
    },
  );

  test.each(headers.map((row, index) => [...row, index] as const))(
    "the %s %j with %j is %s",
    (place, _parameter, value, expected, index) => {
      const params = { [place === "header" ? "X-P" : name]: value };
      const request = client[`${place}${index}Request`]?.("", params);
      expect(request?.headers).toEqual({ [place === "header" ? "x-p" : "cookie"]: expected });
    },
  );

  test.each(bodies.map((row, index) => [...row, index] as const))(
    "a body of %s with the encoding %j of %j is %s",
    async (mediaType, _encoding, body, expected, index) => {
      const request = client[`body${index}Request`]?.("", { body });
      expect(request?.headers).toEqual({ "content-type": mediaType });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a body as fetch takes it
      expect(
        await new Response(request?.body as ConstructorParameters<typeof Response>[0]).text(),
      ).toBe(expected);
    },
  );

  test("a multipart body has a part for each field, with files as they are", async () => {
    const body = { file: new Blob(["hi"], { type: "text/plain" }), meta: { a: "b" }, n: 1 };
    const request = client.uploadRequest?.("", { body });
    // The runtime writes it: only it knows the boundary.
    expect(request?.headers).toBeUndefined();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a body as fetch takes it
    const sent = await new Response(
      request?.body as ConstructorParameters<typeof Response>[0],
    ).formData();
    const meta = sent.get("meta");
    expect(sent.get("n")).toBe("1");
    expect(meta).toMatchObject({ type: "application/vnd.meta+json" });
    expect(meta instanceof Blob && (await meta.text())).toBe('{"a":"b"}');
    const file = sent.get("file");
    expect(file instanceof Blob && (await file.text())).toBe("hi");
  });

  test.each([[""], [[]], [{}], ["."], ["a\nb"]])(
    "a path never gets an empty or moving segment from %j",
    (value) => {
      for (const index of [1, 3]) {
        expect(() => client[`path${index}Request`]?.("", { [pathName]: value })).toThrow(/p-q /);
      }
    },
  );
});

describe("what OpenAPI does not define is refused:", () => {
  test.each([
    [{ in: "query", style: "simple", schema: text }],
    [{ in: "query", style: "spaceDelimited", explode: true, schema: array }],
    [{ in: "header", style: "form", schema: array }],
    [{ in: "cookie", style: "spaceDelimited", schema: array }],
    [{ in: "path", required: true, style: "form", schema: array }],
    [{ in: "query", content: { "application/xml": { schema: text } } }],
  ])("%j", async (parameter) => {
    const path = parameter.in === "path" ? "/{p}" : "/a";
    const parameters = [{ name: "p", ...parameter }];
    const operation = { operationId: "get", parameters, responses };
    const { document } = await planDocument(
      documentWith({ paths: { [path]: { get: operation } } }),
    );
    await expect(runMethods(document)).rejects.toThrow(
      /error parameter-style: .*"p".*\(at #\/paths/,
    );
  });
});
