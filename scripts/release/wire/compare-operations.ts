import type { Direction, Operation } from "@qontext/sync-log-document";
import { appendPointer, readWebhooks, templateParameters } from "@qontext/sync-log-document";
import { compareContent } from "./compare-content.ts";
import type { OwnedParameters } from "./compare-parameters.ts";
import { compareHeaders, compareParameters } from "./compare-parameters.ts";
import { compareSecurity } from "./compare-security.ts";
import { compareServers } from "./compare-servers.ts";
import type { Finding } from "./finding.ts";
import { callbacks, operationKey } from "./match-operations.ts";
import type { Difference, SchemaComparison } from "./schema-comparison.ts";
import type { Verdict } from "./verdict.ts";
import {
  moreToRead,
  noLongerRead,
  noLongerSent,
  verdictOfAdded,
  verdictOfRequired,
} from "./verdict.ts";

const unreachable: Verdict = ["major", "consumers that call it reach nothing", "Stop calling it."];
const unheard: Verdict = [
  "major",
  "consumers that wait for it hear nothing",
  "Stop waiting for it.",
];
const moved: Verdict = [
  "major",
  "calls that worked no longer reach it",
  "Call it where it is now.",
];
const moreToCall: Verdict = ["minor", "there is more to call"];

const opposite = { request: "response", response: "request" } as const;

/** Every difference between the operations of two documents' paths, webhooks and callbacks. */
export function compareDocuments(comparison: SchemaComparison): readonly Difference[] {
  const { base, revision } = comparison;
  return [
    ...compareOperations(
      comparison,
      base.document.operations,
      revision.document.operations,
      "request",
    ),
    ...compareOperations(
      comparison,
      readWebhooks(base.document),
      readWebhooks(revision.document),
      "response",
    ),
    ...compareSecurity(base.document, revision.document),
    ...compareServers(base.document, revision.document),
  ];
}

/** @param direction - Which way the requests go: those of webhooks and callbacks come to the consumer. */
function compareOperations(
  comparison: SchemaComparison,
  before: readonly Operation[],
  after: readonly Operation[],
  direction: Direction,
): readonly Difference[] {
  const findings: Difference[] = [];
  const unmatched = new Map(after.map((operation) => [operationKey(operation), operation]));
  const gone: Operation[] = [];
  const isCalled = direction === "request";
  const kind = isCalled ? "operation" : "webhook";
  for (const operation of before) {
    const other = unmatched.get(operationKey(operation));
    if (other) {
      unmatched.delete(operationKey(operation));
      findings.push(...compareOperation(comparison, operation, other, direction));
    } else gone.push(operation);
  }
  for (const operation of gone) {
    const { operationId, node } = operation;
    const heir = [...unmatched].find(
      ([, other]) => operationId !== undefined && other.operationId === operationId,
    );
    const at = {
      direction: undefined,
      effect: "changed",
      side: "base",
      pointer: node.pointer,
    } as const;
    if (!heir) {
      const what = isCalled ? "the operation is removed" : "it is removed";
      findings.push({
        ...at,
        id: `${kind}-removed`,
        what,
        verdict: isCalled ? unreachable : unheard,
      });
      continue;
    }
    const [key, other] = heir;
    unmatched.delete(key);
    const what = `the operation moves to ${other.method} ${other.path}`;
    findings.push({ ...at, id: "operation-moved", what, verdict: moved });
    findings.push(...compareOperation(comparison, operation, other, direction));
  }
  for (const { node } of unmatched.values()) {
    const verdict = isCalled ? moreToCall : moreToRead;
    const what = isCalled ? "the operation is added" : "it is added";
    findings.push({
      id: `${kind}-added`,
      direction: undefined,
      effect: "changed",
      side: "revision",
      pointer: node.pointer,
      what,
      verdict,
    });
  }
  return findings;
}

function compareOperation(
  comparison: SchemaComparison,
  before: Operation,
  after: Operation,
  direction: Direction,
): readonly Difference[] {
  const { base, revision } = comparison;
  return [
    ...compareParameters(comparison, listParameters(before), listParameters(after), direction),
    ...compareBody(comparison, before, after, direction),
    ...compareResponses(comparison, before, after, opposite[direction]),
    ...compareOperations(
      comparison,
      callbacks(base.document, before),
      callbacks(revision.document, after),
      opposite[direction],
    ),
  ];
}

/** The parameters by what tells them apart: those of a path by their place in it, as their names are not on the wire. */
function listParameters({ node, path, parameters }: Operation): OwnedParameters {
  const names = templateParameters(path);
  const byKey = new Map(
    parameters
      // Those are described elsewhere (OpenAPI 3.1, section 4.8.12).
      .filter(
        (one) => one.in !== "header" || !/^(?:accept|content-type|authorization)$/iu.test(one.name),
      )
      .map((one) => {
        if (one.in === "path") return [`path ${names.indexOf(one.name)}`, one] as const;
        return [
          `${one.in} ${one.in === "header" ? one.name.toLowerCase() : one.name}`,
          one,
        ] as const;
      }),
  );
  return { owner: node.pointer, byKey };
}

function compareBody(
  comparison: SchemaComparison,
  { node: operation, requestBody: before }: Operation,
  { requestBody: after }: Operation,
  direction: Direction,
): readonly Difference[] {
  const isSent = direction === "request";
  const isRequired = after?.node.value["required"] === true;
  const at = (id: string, what: string, verdict: Verdict): Finding => {
    const on = after
      ? ({ side: "revision", pointer: after.node.pointer } as const)
      : ({ side: "base", pointer: before?.node.pointer ?? operation.pointer } as const);
    return { id, direction, effect: "changed", what, verdict, ...on };
  };
  if (!before && !after) return [];
  if (!after)
    return [at("body-removed", "the body is removed", isSent ? noLongerSent : noLongerRead)];
  if (!before) {
    return [
      at(
        `body-added-${isRequired ? "required" : "optional"}`,
        `the body is added${isRequired ? ", and required" : ""}`,
        verdictOfAdded(isSent, isRequired),
      ),
    ];
  }
  const findings = [...compareContent(comparison, before, after, direction)];
  if ((before.node.value["required"] === true) !== isRequired) {
    const word = isRequired ? "required" : "optional";
    const verdict = verdictOfRequired(isSent, isRequired);
    findings.push(at(`body-became-${word}`, `the body becomes ${word}`, verdict));
  }
  return findings;
}

function compareResponses(
  comparison: SchemaComparison,
  before: Operation,
  after: Operation,
  direction: Direction,
): readonly Difference[] {
  const findings: Difference[] = [];
  const seen = new Set<string>();
  for (const response of before.responses) {
    const status = response.status.toUpperCase();
    const other = covering(after, status);
    if (!other) {
      const verdict: Verdict = [
        "major",
        "consumers that handle it handle something else now",
        "Handle what is answered instead.",
      ];
      findings.push({
        id: "response-removed",
        direction: undefined,
        effect: "changed",
        side: "base",
        pointer: appendPointer(before.node.pointer, "responses", response.status),
        what: `the response ${status} is removed`,
        verdict,
      });
      continue;
    }
    seen.add(other.status.toUpperCase());
    findings.push(...compareContent(comparison, response, other, direction));
    findings.push(...compareHeaders(comparison, response, other, direction));
  }
  for (const response of after.responses) {
    const status = response.status.toUpperCase();
    if (before.responses.some((one) => one.status.toUpperCase() === status)) continue;
    findings.push({
      id: "response-added",
      direction: undefined,
      effect: "changed",
      side: "revision",
      pointer: appendPointer(after.node.pointer, "responses", response.status),
      what: `the response ${status} is added`,
      verdict: ["minor", "there is another answer to handle"],
    });
    // An error that was answered under a range or the default has the shape that was promised there.
    const known = /^[45]/u.test(status) ? covering(before, status) : undefined;
    if (known) findings.push(...compareContent(comparison, known, response, direction));
  }
  return findings;
}

/** The response that describes a status: its own, then its range, then the default. */
function covering(
  { responses }: Operation,
  status: string,
): Operation["responses"][number] | undefined {
  const keys = [status, `${status.slice(0, 1)}XX`, "DEFAULT"];
  return keys
    .map((key) => responses.find((one) => one.status.toUpperCase() === key))
    .find((one) => one !== undefined);
}
