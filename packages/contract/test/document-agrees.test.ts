import { describe, expect, test } from "vitest";
import type { Violation } from "../src/index.ts";
import { CouldNotJudgeError, judgeHar, openDocument } from "../src/index.ts";

/** A document with one GET, whose 200 has this content. */
function documentWith(content: unknown, components: object = {}, response: object = {}): object {
  return {
    openapi: "3.1.1",
    paths: {
      "/jobs/{id}": {
        get: {
          operationId: "getJob",
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: { "200": { description: "", content, ...response } },
        },
      },
    },
    components,
  };
}

/** What is found in recorded answers with these bodies, read one after the other. */
async function judge(
  document: object,
  bodies: readonly string[],
  mediaType = "application/json",
): Promise<readonly Violation[]> {
  const entries = bodies.map((text, index) => ({
    startedDateTime: new Date(index * 1000).toISOString(),
    request: { method: "GET", url: "http://recorded.invalid/jobs/1", headers: [] },
    response: {
      status: 200,
      headers: [{ name: "Content-Type", value: mediaType }],
      content: { text },
    },
  }));
  const file = { name: "test.har", text: JSON.stringify({ log: { entries } }) };
  const { violations } = await judgeHar([file], { document: openDocument(document) });
  return violations;
}

/** The checks that a body violates, or the code of the reason why nothing can be judged. */
async function outcomeOf(document: object, ...bodies: readonly string[]): Promise<unknown> {
  try {
    return (await judge(document, bodies)).map(({ check, pointer }) => `${check} ${pointer ?? ""}`);
  } catch (error) {
    return error instanceof CouldNotJudgeError ? error.code : error;
  }
}

const lifecycle = {
  property: "status",
  initial: "open",
  order: ["open", "done"],
  terminal: { done: "success" },
};
const status = { type: "string", enum: ["open", "done"] };
const job = { type: "object", properties: { status }, "x-lifecycle": lifecycle };
const ended = {
  id: "has-ended",
  rule: "isTerminal(self.status)",
  message: "It goes on.",
  severity: "error",
};
const stays = {
  id: "stays",
  rule: "canFollow(oldSelf.status, self.status)",
  message: "It went back.",
  severity: "error",
};

const json = (schema: unknown): object => ({ "application/json": { schema } });

describe("rules", () => {
  test.for([
    ["holds", '{"status":"done"}', []],
    ["does not hold", '{"status":"open"}', ["invariant/has-ended "]],
  ] as const)(
    "a rule of a response asks the lifecycle of its schema: it %s",
    async ([, body, found]) => {
      const document = documentWith(json(job), {}, { "x-invariants": [ended] });
      expect(await outcomeOf(document, body)).toEqual(found);
    },
  );

  test("an outcome that is not a text is refused", async () => {
    const schema = { ...job, "x-lifecycle": { ...lifecycle, terminal: { b: 1 } } };
    expect(await outcomeOf(documentWith(json(schema)), "{}")).toBe("bad_rule");
  });

  test("a rule over time is judged below the body, too", async () => {
    const inner = { ...job, "x-invariants": [stays] };
    const document = documentWith(json({ type: "object", properties: { job: inner } }));
    const bodies = ['{"job":{"status":"done"}}', '{"job":{"status":"open"}}'];
    expect(await outcomeOf(document, ...bodies)).toEqual(["invariant/stays /job"]);
  });
});

describe("references", () => {
  const schemas = {
    "A B": { type: "string" },
    "A%20B": { type: "integer" },
    "a/b": { type: "string" },
    "100%": { type: "string" },
    list: { anyOf: [{ type: "string" }] },
  };

  test.for([
    ["#/components/schemas/A%20B", []],
    ["#/components/schemas/A%2520B", ["schema/type "]],
    ["#/components/schemas/a~1b", []],
    ["#/components/schemas/a%2Fb", "bad_spec"],
    ["#/components/schemas/100%25", []],
    ["#/components/schemas/100%", "bad_spec"],
    ["#/components/schemas/list/anyOf/0", []],
    ["#/components/schemas/list/anyOf/00", "bad_spec"],
    ["#/components/schemas/list/anyOf/length", "bad_spec"],
    // The document is an object, but not a schema.
    ["#", "bad_schema"],
  ] as const)("%s", async ([$ref, outcome]) => {
    const document = documentWith({ "application/json": { schema: { $ref } } }, { schemas });
    expect(await outcomeOf(document, '"text"')).toEqual(outcome);
  });
});

test.for([
  ["application/json", ["json/trailing-bytes"]],
  ["text/json", ["json/trailing-bytes"]],
  ["application/problem+json", ["json/trailing-bytes"]],
  ["application/json-seq", []],
  ["application/x-ndjson", []],
  ["application/fojson", []],
] as const)("%s is read as one JSON text, or not", async ([mediaType, found]) => {
  const document = documentWith({ [mediaType]: {} });
  const violations = await judge(document, ["{}\n{}\nx"], mediaType);
  expect(violations.map(({ check }) => check)).toEqual(found);
});
