import { headerValue } from "../wire/wire-request.ts";
import { tool } from "../face.ts";
import { buildRequest } from "./build-request.ts";
import type { RequestVariation } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, known, reading, writeCases } from "./case-writer.ts";
import { absentTarget } from "./absent-value.ts";
import type { ContractCase, Expectation } from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, resourceParameter } from "./plan-input.ts";

const availableOrRefused: Expectation = {
  statuses: ["2XX", 400, 406, 415],
  otherwise: "accept/status",
};

/** Requested media types and codings: supported, unknown, excluded, malformed. */
export function acceptCases(input: PlanInput): readonly ContractCase[] {
  const accepts: readonly (readonly [string, string | undefined, Expectation])[] = [
    ["none", undefined, known],
    ["anything", "*/*", known],
    ["xml", "application/xml", availableOrRefused],
    ["html", "text/html", availableOrRefused],
    ["garbled", ";;q=,,//", availableOrRefused],
  ];
  const codings: readonly (readonly [string, string])[] = [
    ["gzip", "gzip"],
    ["brotli", "br"],
    ["identity", "identity"],
    ["unknown-coding", "x-unknown"],
    ["gzip-excluded", "gzip;q=0, br;q=0, deflate;q=0, identity"],
  ];
  return writeCases(input, "accept", [
    ...accepts.map(([name, value, expect]) => ({
      ...reading(
        name,
        `Accept: ${value ?? "not sent"} gets an available media type${expect === known ? "" : ", or 406"}.`,
      ),
      vary: { headers: [["Accept", value]] as const },
      expect,
    })),
    ...codings.map(([name, value]) => ({
      ...reading(name, `Accept-Encoding: ${value} gets a coding that it allows.`),
      vary: { headers: [["Accept-Encoding", value]] as const },
      expect: { ...known, otherwise: "accept/status" },
    })),
  ]);
}

/** HEAD, compared with GET. */
export function headCases(input: PlanInput): readonly ContractCase[] {
  const drafts: CaseDraft[] = [
    {
      name: "known",
      purpose: "HEAD gets the status and headers of GET, and no body.",
      vary: { method: "HEAD" },
      comparedWith: caseId(input, "read", "repeat-1.2"),
    },
  ];
  const absent = absentTarget(input, resourceParameter(input), "absent");
  if (absent !== undefined) {
    drafts.push({
      name: "absent",
      purpose: "HEAD of a missing resource gets the response of GET.",
      parameters: absent,
      vary: { method: "HEAD" },
      comparedWith: caseId(input, "read", "absent"),
    });
  }
  if (input.credential !== undefined && input.key !== undefined) {
    drafts.push({
      name: "missing-key",
      purpose: "HEAD requires the key as GET does.",
      vary: { method: "HEAD", key: undefined },
      expect: {
        statuses: ["4XX", 501],
        whenServed: "auth/missing-key-accepted",
        otherwise: "auth/unauthenticated-status",
      },
      comparedWith: caseId(input, "auth", "missing-key"),
    });
  }
  return writeCases(
    input,
    "head",
    drafts.map((draft) => ({ ...draft, scope: "http" })),
  );
}

const otherTag = `"${tool.name}"`;

/** Conditional and partial requests: honored, or ignored. */
export function conditionalCases(input: PlanInput): readonly ContractCase[] {
  const drafts = [
    condition("other-etag", "A condition on a tag that the resource never had gets the resource.", [
      "If-None-Match",
      otherTag,
    ]),
    condition("long-ago", "A resource that changed since 1990 is sent.", [
      "If-Modified-Since",
      "Mon, 01 Jan 1990 00:00:00 GMT",
    ]),
    condition(
      "if-match-other",
      "If-Match with another tag gets 412, or is ignored.",
      ["If-Match", otherTag],
      412,
    ),
    condition("bad-date", "A date that cannot be read is ignored.", [
      "If-Modified-Since",
      "yesterday",
    ]),
    {
      ...condition("range", "A range is served as 206, or ignored.", ["Range", "bytes=0-9"], 416),
      scope: "http" as const,
    },
    matchingEtag(input),
  ];
  return writeCases(input, "conditional", drafts);
}

function condition(
  name: string,
  purpose: string,
  header: readonly [name: string, value: string],
  ...others: readonly number[]
): CaseDraft {
  const expect: Expectation = { statuses: ["2XX", ...others], otherwise: "conditional/status" };
  return { name, purpose, vary: { headers: [header] }, expect };
}

function matchingEtag(input: PlanInput): CaseDraft {
  const knownId = caseId(input, "read", "repeat-1.2");
  return {
    name: "matching-etag",
    purpose: "The current tag gets 304 with that tag, or the resource.",
    expect: { statuses: ["2XX", 304], otherwise: "conditional/status" },
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
      ...reading(
        "other-origin",
        "A request from another origin is answered like any other, and does not open the data to every site.",
      ),
      vary: { headers: [["Origin", otherOrigin]] },
      expect: { ...known, otherwise: "cors/status" },
    },
    {
      name: "preflight",
      purpose: "A preflight request is answered without a key, and does not permit every origin.",
      vary: { method: "OPTIONS", key: undefined, headers: preflight },
      scope: "http",
    },
  ]);
}
