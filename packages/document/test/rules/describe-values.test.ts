import { describeValues, openDocument } from "@qontext/sync-log-document";
import { expect, test } from "vitest";

const size = {
  enum: ["small", "large"],
  "x-enumDescriptions": { large: "More than 10.", small: "Up to 10." },
};
const document = openDocument({
  openapi: "3.1.0",
  components: {
    schemas: {
      Job: {
        properties: { state: { $ref: "#/components/schemas/State" }, size },
        "x-lifecycle": {
          property: "state",
          initial: "new",
          order: ["new", "running", "done"],
          terminal: { done: "success", lost: "failure" },
        },
      },
      State: {
        enum: ["new", "running", "done", "lost"],
        "x-enumDescriptions": {
          new: "It waits.",
          running: "It runs.",
          done: "It is done.",
          lost: "It is lost.",
        },
      },
    },
  },
});

function describe(pointer: string): readonly (readonly [string, string])[] {
  const value = document.at(pointer) as typeof size;
  return [...describeValues(document, { pointer, value })];
}

test("says of a status what it means, and what its lifecycle says of it", () => {
  expect(describe("#/components/schemas/State")).toEqual([
    ["new", "It waits. Next: `running`, or a terminal status."],
    ["running", "It runs. Next: `done`, or another terminal status."],
    ["done", "It is done. Terminal, with the outcome `success`."],
    ["lost", "It is lost. Terminal, with the outcome `failure`."],
  ]);
});

test("says of any other value what it means, in the order of the enum", () => {
  expect(describe("#/components/schemas/Job/properties/size")).toEqual([
    ["small", "Up to 10."],
    ["large", "More than 10."],
  ]);
});

test("says nothing where nothing is described", () => {
  expect(describe("#/components/schemas/Job")).toEqual([]);
});
