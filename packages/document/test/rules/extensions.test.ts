import { describe, expect, it } from "vitest";
import {
  extensionErrors,
  openDocument,
  readAssumptions,
  readInvariants,
  readLifecycle,
} from "../../src/index.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

const invariant = { id: "a-b", rule: "self.a == 1", message: "It is not.", severity: "error" };

describe("an extension of another shape is refused by every reader", () => {
  it.each([
    ["x-lifecycle", { ...syncLifecycle, terminal: { b: 1 } }, "/terminal/b"],
    ["x-lifecycle", { ...syncLifecycle, terminal: { b: "perhaps" } }, "/terminal/b"],
    ["x-lifecycle", { ...syncLifecycle, order: ["pending", "pending"] }, "/order"],
    ["x-lifecycle", [], ""],
    ["x-invariants", [invariant, { ...invariant, severity: "fatal" }], "/1/severity"],
    ["x-invariants", [{ ...invariant, when: "always" }], "/0"],
    ["x-invariants", {}, ""],
  ])("%s: %j", (name, value, place) => {
    const document = openDocument({ openapi: "3.1.0" });
    const owner = { pointer: "#/components/schemas/A", value: { [name]: value } };
    const read = (): unknown =>
      name === "x-lifecycle" ? readLifecycle(document, owner) : readInvariants(document, owner);
    expect(read).toThrow(`#/components/schemas/A/${name}${place}: it `);
    expect(extensionErrors("schema", owner.value)[0]?.pointer).toBe(`/${name}${place}`);
  });

  it("is one that its kind of object does not have", () => {
    expect(extensionErrors("response", { "x-invariants": [invariant] })).toEqual([]);
    expect(extensionErrors("response", { "x-lifecycle": syncLifecycle })).not.toEqual([]);
    expect(extensionErrors("operation", { "x-invariants": [invariant] })).not.toEqual([]);
    expect(extensionErrors("info", { "x-assumption": "It is so." })).toEqual([]);
  });
});

const assumed = (text: string): object => ({ "x-assumption": text });

it("assumptions are those of objects, lifecycles and invariants, and none in examples", () => {
  const document = openDocument({
    openapi: "3.1.0",
    info: assumed("info."),
    components: {
      schemas: {
        A: {
          ...assumed("schema."),
          "x-lifecycle": { ...syncLifecycle, ...assumed("lifecycle.") },
          "x-invariants": [invariant, { ...invariant, ...assumed("invariant.") }],
          properties: { example: assumed("property.") },
          example: assumed("not one."),
          default: assumed("not one."),
        },
      },
    },
  });
  expect(readAssumptions(document)).toEqual([
    { pointer: "#/info", text: "info." },
    { pointer: "#/components/schemas/A", text: "schema." },
    { pointer: "#/components/schemas/A/x-lifecycle", text: "lifecycle." },
    { pointer: "#/components/schemas/A/x-invariants/1", text: "invariant." },
    { pointer: "#/components/schemas/A/properties/example", text: "property." },
  ]);
});
