import { openDocument } from "@qontext/sync-log-document";
import { describe, expect, test } from "vitest";
import { componentDirections, directionOfPointer } from "../../release/wire/direction.ts";

describe("who writes a value", () => {
  test.each([
    ["#/paths/~1a/get/parameters/0/schema", "request"],
    ["#/paths/~1a/parameters/0/schema", "request"],
    ["#/paths/~1a/post/requestBody/content/application~1json/schema", "request"],
    ["#/paths/~1a/get/responses/200/content/application~1json/schema", "response"],
    ["#/paths/~1a/post/callbacks/done/{$request.body#~1url}/post/requestBody/content", "response"],
    ["#/paths/~1a/post/callbacks/done/{$request.body#~1url}/post/responses/200", "request"],
    ["#/webhooks/done/post/requestBody/content", "response"],
    ["#/webhooks/done/post/responses/200", "request"],
    ["#/paths/~1a/get/summary", undefined],
    ["#/components/schemas/A", undefined],
  ])("of %s is known: %s", (pointer, direction) => {
    expect(directionOfPointer(pointer)).toBe(direction);
  });

  test("of a component is found through every reference, and through a circle", () => {
    const document = {
      paths: {
        "/a": {
          post: {
            requestBody: { content: { j: { schema: { $ref: "#/components/schemas/In" } } } },
            responses: { 200: { $ref: "#/components/responses/Ok" } },
          },
        },
      },
      components: {
        responses: { Ok: { content: { j: { schema: { $ref: "#/components/schemas/Out" } } } } },
        schemas: {
          In: { properties: { id: { $ref: "#/components/schemas/Id" } } },
          Out: {
            properties: {
              id: { $ref: "#/components/schemas/Id" },
              next: { $ref: "#/components/schemas/Out" },
            },
          },
          Id: {},
          Unused: {},
        },
      },
    };
    const found = componentDirections(openDocument({ openapi: "3.1.0", ...document }));
    expect(
      Object.fromEntries([...found].map(([name, sides]) => [name, [...sides].toSorted()])),
    ).toEqual({
      "schemas/In": ["request"],
      "schemas/Id": ["request", "response"],
      "responses/Ok": ["response"],
      "schemas/Out": ["response"],
    });
  });
});
