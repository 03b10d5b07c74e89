import { describe, expect, test } from "vitest";
import { emitMethods } from "../../generate/emit/emit-methods.ts";
import { documentWith, planDocument } from "./support/plan-document.ts";

const thing = { type: "object", properties: { key: { type: "string" } } };
const things = { type: "array", items: thing };

const report = (): void => undefined;

/** What the generated request says of the body that it asks for. */
async function identityIn(
  path: string,
  invariants: readonly object[],
  schema: object = thing,
): Promise<string | undefined> {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const response = {
    description: "Found",
    ...(invariants.length === 0 ? {} : { "x-invariants": invariants }),
    content: { "application/json": { schema } },
  };
  const get = { operationId: "getThing", parameters, responses: { 200: response } };
  const document = documentWith({ paths: { [path]: { get } } });
  const plan = await planDocument(document);
  const text = emitMethods({
    ...plan,
    report,
    interfaceName: "Methods",
    schemaModule: "./index.ts",
  });
  return /identity: (.*),/.exec(text)?.[1];
}

const ruleOf = (rule: string, severity = "error") => ({
  id: "some-rule",
  rule,
  message: "Another thing.",
  severity,
});

describe("the identity of what an operation gets", () => {
  test.each([
    ["/things/{id}", "self.key == request.path.id", '["key", params?.id]'],
    ["/rooms/{room}/things/{id}", "self.key==request.path.id", '["key", params?.id]'],
    ["/things/{id}/state", "self.key == request.path.id", '["key", params?.id]'],
  ])("of %s is what the rule %s says", async (path, rule, expected) => {
    expect(await identityIn(path, [ruleOf(rule)])).toBe(expected);
  });

  test.each([
    [
      "a rule about where it is",
      "/rooms/{room}/things/{id}",
      ruleOf("self.key == request.path.room"),
    ],
    ["another comparison", "/things/{id}", ruleOf("self.key != request.path.id")],
    ["a part of a rule", "/things/{id}", ruleOf("self.key == request.path.id || self.key == ''")],
    ["a warning", "/things/{id}", ruleOf("self.key == request.path.id", "warning")],
  ])("is not known by %s", async (_, path, rule) => {
    expect(await identityIn(path, [rule])).toBeUndefined();
  });

  test("is not known of a list", async () => {
    expect(await identityIn("/rooms/{room}/things", [], things)).toBeUndefined();
  });
});
