import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../generate/check-document.ts";
import { documentWith, planDocument } from "./support/plan-document.ts";
import { runMethods } from "./support/run-methods.ts";

const fixture = fileURLToPath(new URL("fixtures/things.yaml", import.meta.url));

describe("what an operation sends", () => {
  test("has its path, query, header and body parameters in their places", async () => {
    const { document } = await checkDocument(fixture, { cwd: "/" });
    const { errors, client } = await runMethods(document);
    expect(errors).toBe("");
    expect(client.deleteThingRequest?.("http://a", { thingId: "1" })).toEqual({
      method: "DELETE",
      url: "http://a/things/1",
      mayBeEmpty: true,
    });
    expect(
      client.listThingsRequest?.("http://a", { limit: 2, kind: "big", "X-Trace": "t" }),
    ).toEqual({
      method: "GET",
      url: "http://a/things?limit=2&kind=big",
      resultSchema: "Thing",
      isList: true,
      headers: { "x-trace": "t" },
    });
    expect(client.createThingRequest?.("http://a", { dryRun: true, body: { name: "n" } })).toEqual({
      method: "POST",
      url: "http://a/things?dryRun=true",
      headers: { "content-type": "application/json" },
      body: '{"name":"n"}',
    });
  });

  test("may be asked for with nothing where nothing is required", async () => {
    const { document } = await checkDocument(fixture, { cwd: "/" });
    const { client } = await runMethods(document);
    expect(client.listThingsRequest?.("http://a")).toMatchObject({
      url: "http://a/things",
    });
  });

  test("names the parameters that are required, and keeps a path as it is written", async () => {
    const parameters = [
      { name: "thing-id", in: "path", required: true, schema: { type: "string" } },
      { name: "tag", in: "query", required: true, schema: { type: "string" } },
    ];
    const responses = { "204": { description: "" } };
    const paths = {
      "/x`$y\\z/{thing-id}": { get: { operationId: "getThing", parameters, responses } },
    };
    const { document } = await planDocument(documentWith({ paths }));
    const { errors, client } = await runMethods(document);
    expect(errors).toBe("");
    expect(client.getThingRequest?.("http://a", { "thing-id": "1", tag: "t" })).toEqual({
      method: "GET",
      url: "http://a/x`$y\\z/1?tag=t",
      mayBeEmpty: true,
    });
    const isMissing = { "thing-id": "1" };
    expect(() => client.getThingRequest?.("http://a", isMissing)).toThrow("tag is missing");
  });

  test("imports only what an operation needs", async () => {
    const responses = { "204": { description: "" } };
    const paths = { "/a": { get: { operationId: "ping", responses } } };
    const { document } = await planDocument(documentWith({ paths }));
    const { text, errors, client } = await runMethods(document);
    expect(errors).toBe("");
    expect(text).not.toMatch(/from "\.\.\/request-(?!options)/);
    expect(client.pingRequest?.("http://a")).toEqual({
      method: "GET",
      url: "http://a/a",
      mayBeEmpty: true,
    });
  });
});

describe("a function", () => {
  test("has the name of its operation, and sends its request with its options", async () => {
    const { document } = await checkDocument(fixture, { cwd: "/" });
    const { client } = await runMethods(document);
    const methods = client.createMethods({ baseUrl: "http://a" });
    expect(Object.keys(methods)).toEqual(["listThings", "createThing", "deleteThing"]);
    expect(methods["deleteThing"]?.name).toBe("deleteThing");
    const options = { timeoutMs: 1 };
    expect(await methods["deleteThing"]?.({ thingId: "1" }, options)).toEqual([
      client.deleteThingRequest?.("http://a", { thingId: "1" }),
      options,
    ]);
  });

  test.each(["delete", "callOperation", "transport", "pingRequest"])(
    "may belong to an operation called %s",
    async (operationId) => {
      const responses = { "204": { description: "" } };
      const paths = {
        "/a": { get: { operationId, responses } },
        "/b": { get: { operationId: "ping", responses } },
      };
      const { document } = await planDocument(documentWith({ paths }));
      const { errors, client } = await runMethods(document);
      expect(errors).toBe("");
      const method = client.createMethods({ baseUrl: "http://a" })[operationId];
      expect(method?.name).toBe(operationId);
      expect(await method?.()).toMatchObject([{ url: "http://a/a" }, undefined]);
    },
  );

  test("says which schema its answer has, where that is one of the document's", async () => {
    const thing = { $ref: "#/components/schemas/thing" };
    const responses = {
      "200": { description: "", content: { "application/json": { schema: thing } } },
    };
    const paths = { "/a": { get: { operationId: "getThing", responses } } };
    const components = { schemas: { thing: { type: "object" } } };
    const { document } = await planDocument(documentWith({ paths, components }));
    const { errors, client } = await runMethods(document);
    expect(errors).toBe("");
    expect(client.getThingRequest?.("")).toMatchObject({ resultSchema: "Thing" });
  });

  test.each([
    ["in place", { type: "array", items: { $ref: "#/components/schemas/thing" } }, "Thing[]"],
    ["by a name", { $ref: "#/components/schemas/things" }, "Things"],
  ])("says of what its answer is a list, %s", async (_, schema, type) => {
    const responses = { "200": { description: "", content: { "application/json": { schema } } } };
    const paths = { "/a": { get: { operationId: "listThings", responses } } };
    const things = { type: "array", items: { $ref: "#/components/schemas/thing" } };
    const components = { schemas: { thing: { type: "object" }, things } };
    const { document } = await planDocument(documentWith({ paths, components }));
    const { text, errors, client } = await runMethods(document);
    expect(errors).toBe("");
    expect(text).toContain(`ResponsePromise<${type}>`);
    expect(client.listThingsRequest?.("")).toMatchObject({ resultSchema: "Thing", isList: true });
  });
});
