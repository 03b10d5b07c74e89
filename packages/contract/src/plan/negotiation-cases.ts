import { headerValue } from "../wire/wire-request.ts";
import { tool } from "../face.ts";
import { buildRequest } from "./build-request.ts";
import type { RequestVariation } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, known, writeCases } from "./case-writer.ts";
import { absentValue } from "./absent-value.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, resourceParameter } from "./plan-input.ts";

const availableOrRefused: Expectation = {
  statuses: ["2XX", 400, 406, 415],
  otherwise: "accept/status",
};

/** Requested media types and codings: supported, unknown, excluded, malformed. */
export function acceptCases(input: PlanInput): readonly ContractCase[] {
  const accepts: readonly (readonly [
    name: string,
    accept: string | undefined,
    expect: Expectation,
  ])[] = [
    ["none", undefined, known],
    ["anything", "*/*", known],
    ["xml", "application/xml", availableOrRefused],
    ["html", "text/html", availableOrRefused],
    ["garbled", ";;q=,,//", availableOrRefused],
  ];
  const codings: readonly (readonly [name: string, coding: string])[] = [
    ["gzip", "gzip"],
    ["brotli", "br"],
    ["identity", "identity"],
    ["unknown-coding", "x-unknown"],
    ["gzip-excluded", "gzip;q=0, br;q=0, deflate;q=0, identity"],
  ];
  return writeCases(input, "accept", [
    ...accepts.map(([name, value, expect]): CaseDraft => ({
      name,
      purpose: `Accept: ${value ?? "not sent"} gets an available media type${expect === known ? "" : ", or 406"}.`,
      vary: { headers: [["Accept", value]] },
      expect,
      readsAsOwner: true,
    })),
    ...codings.map(([name, value]): CaseDraft => ({
      name,
      purpose: `Accept-Encoding: ${value} gets a coding that it allows.`,
      vary: { headers: [["Accept-Encoding", value]] },
      expect: { ...known, otherwise: "accept/status" },
      readsAsOwner: true,
    })),
  ]);
}

/** HEAD, compared with GET. */
export function headCases(input: PlanInput): readonly ContractCase[] {
  const resource = resourceParameter(input);
  const target = firstTarget(input);
  const absent =
    resource === undefined
      ? undefined
      : absentValue(input, resource, target[resource] ?? "", "absent");
  const drafts: CaseDraft[] = [
    {
      name: "known",
      purpose: "HEAD gets the status and headers of GET, and no body.",
      vary: { method: "HEAD" },
      scope: "http",
      comparedWith: caseId(input, "read", "repeat-1.2"),
    },
  ];
  if (resource !== undefined && absent !== undefined) {
    drafts.push({
      name: "absent",
      purpose: "HEAD of a missing resource gets the response of GET.",
      parameters: { ...target, [resource]: absent },
      vary: { method: "HEAD" },
      scope: "http",
      comparedWith: caseId(input, "read", "absent"),
    });
  }
  if (input.credential !== undefined && input.key !== undefined) {
    drafts.push({
      name: "missing-key",
      purpose: "HEAD requires the key as GET does.",
      vary: { method: "HEAD", key: undefined },
      scope: "http",
      expect: {
        statuses: ["4XX", 501],
        whenServed: "auth/missing-key-accepted",
        otherwise: "auth/unauthenticated-status",
      },
      comparedWith: caseId(input, "auth", "missing-key"),
    });
  }
  return writeCases(input, "head", drafts);
}

const otherTag = `"${tool.name}"`;
const fresh: Expectation = { statuses: ["2XX"], otherwise: "conditional/status" };
const maybeUnchanged: Expectation = { statuses: ["2XX", 304], otherwise: "conditional/status" };

/** Conditional and partial requests: honored, or ignored. */
export function conditionalCases(input: PlanInput): readonly ContractCase[] {
  const rows: readonly (readonly [
    name: string,
    purpose: string,
    headers: RequestVariation["headers"],
    expect: Expectation,
  ])[] = [
    [
      "other-etag",
      "A condition on a tag that the resource never had gets the resource.",
      [["If-None-Match", otherTag]],
      fresh,
    ],
    [
      "long-ago",
      "A resource that changed since 1990 is sent.",
      [["If-Modified-Since", "Mon, 01 Jan 1990 00:00:00 GMT"]],
      fresh,
    ],
    [
      "if-match-other",
      "If-Match with another tag gets 412, or is ignored.",
      [["If-Match", otherTag]],
      { ...fresh, statuses: ["2XX", 412] },
    ],
    [
      "bad-date",
      "A date that cannot be read is ignored.",
      [["If-Modified-Since", "yesterday"]],
      fresh,
    ],
    [
      "range",
      "A range is served as 206, or ignored.",
      [["Range", "bytes=0-9"]],
      { ...fresh, statuses: ["2XX", 416] },
    ],
  ];
  const drafts = rows.map(([name, purpose, headers = [], expect]): CaseDraft => ({
    name,
    purpose,
    vary: { headers },
    expect,
    scope: name === "range" ? "http" : "operation",
  }));
  return writeCases(input, "conditional", [...drafts, matchingEtag(input)]);
}

function matchingEtag(input: PlanInput): CaseDraft {
  const knownId = caseId(input, "read", "repeat-1.2");
  return {
    name: "matching-etag",
    purpose: "The current tag gets 304 with that tag, or the resource.",
    expect: maybeUnchanged,
    request: (latestResponse) => {
      const etag = headerValue(latestResponse(knownId)?.headers ?? [], "etag");
      if (etag === undefined) return { notApplicable: "the service sends no ETag" };
      return buildRequest(input, firstTarget(input), { headers: [["If-None-Match", etag]] });
    },
  };
}

const otherOrigin = "https://stranger.invalid";

/** Requests as a browser makes them for a page of another origin. */
export function corsCases(input: PlanInput): readonly ContractCase[] {
  const header = input.credential?.in === "header" ? input.credential.parameter : "Accept";
  const preflight: RequestVariation["headers"] = [
    ["Origin", otherOrigin],
    ["Access-Control-Request-Method", "GET"],
    ["Access-Control-Request-Headers", header.toLowerCase()],
  ];
  return writeCases(input, "cors", [
    {
      name: "other-origin",
      purpose:
        "A request from another origin is answered like any other, and does not open the data to every site.",
      vary: { headers: [["Origin", otherOrigin]] },
      expect: { ...known, otherwise: "cors/status" },
      readsAsOwner: true,
    },
    {
      name: "preflight",
      purpose: "A preflight request is answered without a key, and does not permit every origin.",
      vary: { method: "OPTIONS", key: undefined, headers: preflight },
      scope: "http",
    },
  ]);
}
