import { createServer } from "node:http";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import {
  documentWith,
  documentWithSchemas,
  importModule,
  planDocument,
  textOf,
} from "./support/plan-document.ts";

/** Each schema accepts its own number. */
const schemas = {
  "A B": { const: 1 },
  "A%20B": { const: 2 },
  "a/b": { const: 3 },
  "100%": { const: 4 },
};

describe("a reference, read as the document package reads it (RFC 6901, section 6)", () => {
  test.each([
    ["#/components/schemas/A%20B", 1],
    ["#/components/schemas/A%2520B", 2],
    ["#/components/schemas/a~1b", 3],
    ["#/components/schemas/a%7E1b", 3],
    ["#/components%2Fschemas/A%20B", 1],
    ["#/components/schemas/100%25", 4],
  ])("%s accepts %d", async ($ref, accepted) => {
    const plan = await planDocument(documentWithSchemas({ ...schemas, Start: { $ref } }));
    const { validateStart } = await importModule(plan, "validators.ts");
    const accepts = [1, 2, 3, 4].filter(
      (value) =>
        typeof validateStart === "function" && Object.hasOwn(validateStart(value), "value"),
    );
    expect(accepts).toEqual([accepted]);
    const name = ["AB", "A20B", "AB2", "_100"][accepted - 1] ?? "";
    expect(textOf(plan, "types.ts")).toContain(`export type Start = ${name};`);
  });

  test.each(["#/components/schemas/100%", "#/components/schemas/A/enum/00"])(
    "%s is refused",
    async ($ref) => {
      const document = documentWithSchemas({ A: { enum: [{}] }, "100%": {}, Start: { $ref } });
      await expect(planDocument(document)).rejects.toThrow(/Start/);
    },
  );
});

test("an example in the network is not fetched", async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const externalValue = `http://127.0.0.1:${port}/example.json`;
  const content = { "application/json": { examples: { far: { externalValue } } } };
  const responses = { "200": { description: "OK", content } };
  const plan = await planDocument(
    documentWith({ paths: { "/a": { get: { operationId: "a", responses } } } }),
  );
  server.close();
  expect(requests).toBe(0);
  expect(textOf(plan, "openapi.ts")).toContain(externalValue);
});
