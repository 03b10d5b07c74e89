import type { ResponseRules, ResponseViolation, RuleBindings } from "@qontext/sync-log-document";
import { appendPointer, pathTo, pointerTokens } from "@qontext/sync-log-document";
import type { SpecExample } from "../collect-examples.ts";
import { collectExamples, labelOf } from "../collect-examples.ts";
import type { SpecResponse } from "../collect-responses.ts";
import { collectResponses, possibleStatuses } from "../collect-responses.ts";
import { exampleExceptions } from "../example-exceptions.ts";
import type { Finding, SpecRule } from "../spec-model.ts";
import { readRuleBook } from "../spec-model.ts";

/**
 * Every example of a response obeys its invariants, as the answer to one of the requests that the examples of the path
 * parameters make; the examples of the statuses obey them in the order of the lifecycle, too.
 */
export const exampleObeysInvariants: SpecRule = (model) => {
  const book = readRuleBook(model);
  if (typeof book === "string") {
    return [{ pointer: "#", message: `the examples cannot be judged by the invariants: ${book}` }];
  }
  const ofSchemas = [...book.schemas.values()].flatMap(({ pointer, invariants }) =>
    collectExamples(model)
      .examples.filter(({ owner }) => owner === pointer)
      .flatMap((example) =>
        invariants
          .check({ self: example.value })
          .violations.map((violation) => describe(example, { ...violation, pointer: "" })),
      ),
  );
  const ofResponses = collectResponses(model).flatMap((response) => {
    const { rules, examples } = response;
    if (rules === undefined) return [];
    const judged = examples.flatMap((example) => judge(rules, response, example));
    return [...judged, ...unusedExceptions(response), ...judgeStory(rules, response)];
  });
  return [...ofSchemas, ...ofResponses];
};

function judge(
  rules: ResponseRules,
  response: SpecResponse,
  example: SpecExample,
): readonly Finding[] {
  const { name, pointer, file, value } = example;
  const violations = leastViolations(rules, response, { self: value });
  const exception = exceptionsOf(response).find((entry) => entry.example === name);
  const declared = exception?.breaks ?? [];
  const undeclared = violations.filter(({ id }) => !declared.includes(id));
  const unbroken = declared.filter((id) => !violations.some((violation) => violation.id === id));
  return [
    ...undeclared.map((violation) => describe(example, violation)),
    ...unbroken.map((id) => {
      const message = `the example "${name ?? ""}" does not break "${id}"; ${howToRemove}`;
      return { pointer, file, message };
    }),
  ];
}

/** The examples of the statuses are the same sync log at different times: what holds over time holds from one to the next. */
function judgeStory(rules: ResponseRules, response: SpecResponse): readonly Finding[] {
  const { lifecycle } = rules;
  if (lifecycle === undefined) return [];
  const overTime = new Set(
    rules.sites.flatMap(({ invariants }) =>
      invariants.invariants.filter(({ isOverTime }) => isOverTime).map(({ id }) => id),
    ),
  );
  return Object.keys(lifecycle.terminal).flatMap((terminal) => {
    const steps = pathTo(lifecycle, terminal).flatMap((status) =>
      response.examples.filter(({ name }) => name === status),
    );
    return steps.slice(1).flatMap((example, index) => {
      const before = steps[index];
      const bindings = { self: example.value, oldSelf: before?.value };
      return leastViolations(rules, response, bindings)
        .filter(({ id }) => overTime.has(id))
        .map((violation) => describe(example, violation, ` after "${before?.name ?? ""}"`));
    });
  });
}

function describe(example: SpecExample, violation: ResponseViolation, when = ""): Finding {
  const message = violation.message.replace(/\.$/, "");
  return {
    pointer: appendPointer(example.pointer, ...pointerTokens(violation.pointer)),
    file: example.file,
    message: `${labelOf(example)} breaks the invariant "${violation.id}"${when}: ${message} (${JSON.stringify(violation.values)})`,
  };
}

const howToRemove = "take it out of scripts/lint-spec/example-exceptions.ts";

/** The examples of a response that may break invariants: only those of a success do so on purpose. */
function exceptionsOf({ operation, status }: SpecResponse): typeof exampleExceptions {
  return exampleExceptions.filter(
    (entry) => entry.operation === operation && status.startsWith("2"),
  );
}

function unusedExceptions(response: SpecResponse): readonly Finding[] {
  const { pointer, examples } = response;
  return exceptionsOf(response)
    .filter((entry) => !examples.some(({ name }) => name === entry.example))
    .map(({ example }) => ({
      pointer,
      message: `there is no example "${example}"; ${howToRemove}`,
    }));
}

/** What is violated for the request and the status, of those that are possible, that fit best. */
function leastViolations(
  rules: ResponseRules,
  response: SpecResponse,
  bindings: RuleBindings,
): readonly ResponseViolation[] {
  let least: readonly ResponseViolation[] | undefined;
  for (const path of possiblePaths(response.pathParameters)) {
    for (const status of possibleStatuses(response.status)) {
      const request = { path };
      const { violations } = rules.check({ ...bindings, request, response: { status } });
      if (violations.length === 0) return [];
      if (least === undefined || violations.length < least.length) least = violations;
    }
  }
  return least ?? [];
}

/** Every combination of the examples of the path parameters. */
function possiblePaths(
  parameters: SpecResponse["pathParameters"],
): readonly Readonly<Record<string, unknown>>[] {
  return [...parameters]
    .filter(([, values]) => values.length > 0)
    .reduce<readonly Readonly<Record<string, unknown>>[]>(
      (paths, [name, values]) =>
        paths.flatMap((path) => values.map((value) => ({ ...path, [name]: value }))),
      [{}],
    );
}
