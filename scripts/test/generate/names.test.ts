import { describe, expect, test } from "vitest";
import { camelCase, createNameRegistry, pascalCase, propertyKey } from "../../generate/names.ts";

describe("the names of exports", () => {
  test.each([
    ["sync_log-status", "SyncLogStatus", "syncLogStatus"],
    ["SyncLogStatus", "SyncLogStatus", "syncLogStatus"],
    ["APIKey", "APIKey", "apiKey"],
    ["URL", "URL", "url"],
    ["2fast", "_2fast", "_2fast"],
    ["---", "_", "_"],
    ["", "_", "_"],
    ["with.dot and space", "WithDotAndSpace", "withDotAndSpace"],
    ["éclair", "Éclair", "éclair"],
    ["猫", "猫", "猫"],
    ["a'b`c${d}", "ABCD", "abcd"],
  ])("of %j are %s and %s", (name, pascal, camel) => {
    expect([pascalCase(name), camelCase(name)]).toEqual([pascal, camel]);
  });

  test("are all different, and hide no global", () => {
    const said: string[] = [];
    const registry = createNameRegistry(["paths"], ({ message }) => said.push(message));
    const names = ["Thing", "Thing", "Error", "Error", "paths", "class"].map((name, index) =>
      registry.claim(name, `#/${index}`),
    );
    expect(names).toEqual([
      "Thing",
      "Thing2",
      "ErrorSchema",
      "ErrorSchema2",
      "paths2",
      "classSchema",
    ]);
    expect(said).toHaveLength(5);
  });

  test.each([
    ["plain", "plain"],
    ["class", "class"],
    ["a-b", '"a-b"'],
    ["1", '"1"'],
    ['"', String.raw`"\""`],
    ["__proto__", '["__proto__"]'],
  ])("as the key %j of a literal are %s", (key, written) => {
    expect(propertyKey(key)).toBe(written);
  });
});
