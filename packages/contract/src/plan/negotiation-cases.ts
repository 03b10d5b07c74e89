import { headerValue } from "../wire/wire-request.ts";
import { tool } from "../face.ts";
import { buildRequest } from "./build-request.ts";
import type { RequestVariation } from "./build-request.ts";
import type { CaseDraft } from "./case-writer.ts";
import { caseId, known, reading, writeCase, writeCases } from "./case-writer.ts";
import { absentTarget } from "./absent-value.ts";
import type {
  CaseSeries,
  ContractCase,
  Expectation,
  Family,
  PlannedCase,
} from "./contract-case.ts";
import type { PlanInput } from "./plan-input.ts";
import { firstTarget, narrowestParameter } from "./plan-input.ts";

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

/** The sides of a series that shows HEAD beside GET, and a 304 beside the response that it stands for. */
export const representations = { get: "GET", head: "HEAD", notModified: "304" } as const;

/** Requests that alternate between two sides, twice. */
function besideSeries(
  input: PlanInput,
  family: Family,
  about: Pick<CaseSeries, "purpose"> & { readonly name: string },
  drafts: readonly (Omit<CaseDraft, "name" | "purpose"> & { readonly side: string })[],
): CaseSeries {
  const round = drafts.map(({ side, ...draft }) => ({
    ...writeCase(input, family, { ...about, ...draft }),
    side,
  }));
  return {
    id: caseId(input, family, about.name),
    family,
    operationId: input.operation.id,
    purpose: about.purpose,
    manner: "in turn",
    rounds: [round, round],
    plannedRounds: 2,
  };
}

const offered: Expectation = { statuses: ["2XX", "4XX", 501], otherwise: "method/status" };

/** HEAD, compared with GET. */
export function headCases(input: PlanInput): readonly PlannedCase[] {
  const { get, head } = representations;
  const absent = absentTarget(input, narrowestParameter(input), "absent");
  const gzip = [["Accept-Encoding", "gzip"]] as const;
  const series = (
    name: string,
    purpose: string,
    draft: Pick<CaseDraft, "parameters">,
    headers: NonNullable<RequestVariation["headers"]> = [],
  ): CaseSeries =>
    besideSeries(input, "head", { name, purpose }, [
      { side: get, ...draft, vary: { headers } },
      {
        side: head,
        ...draft,
        vary: { method: "HEAD", headers },
        scope: "http",
        expect: offered,
      },
    ]);
  return [
    series("known", "HEAD gets the status and headers of GET, and no body.", {}),
    series("gzip", "HEAD gets the headers of GET for a compressed response, too.", {}, gzip),
    ...(absent === undefined
      ? []
      : [
          series("absent", "HEAD of a missing resource gets the response of GET.", {
            parameters: absent,
          }),
        ]),
  ];
}

const otherTag = `"${tool.name}"`;

/** Conditional and partial requests: honored, or ignored. */
export function conditionalCases(input: PlanInput): readonly PlannedCase[] {
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
  ];
  return [
    ...writeCases(input, "conditional", drafts),
    matchingTag(input, "matching-etag", []),
    matchingTag(input, "matching-etag-gzip", [["Accept-Encoding", "gzip"]]),
  ];
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

/** The current tag, or `*` where there is none, with the response that it was taken from beside it. */
function matchingTag(
  input: PlanInput,
  name: string,
  headers: NonNullable<RequestVariation["headers"]>,
): CaseSeries {
  const purpose = "The current tag gets 304 with the headers of the resource, or the resource.";
  const id = caseId(input, "conditional", name);
  const { get, notModified } = representations;
  return besideSeries(input, "conditional", { name, purpose }, [
    { ...reading(name, purpose), side: get, vary: { headers } },
    {
      side: notModified,
      expect: { statuses: ["2XX", 304], otherwise: "conditional/status" },
      request: (latestResponse) => {
        const etag = headerValue(latestResponse(id)?.headers ?? [], "etag") ?? "*";
        return buildRequest(input, firstTarget(input), {
          headers: [...headers, ["If-None-Match", etag]],
        });
      },
    },
  ]);
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
      ...reading("null-origin", "The origin null, which any page can send, is no origin to trust."),
      vary: { headers: [["Origin", "null"]] },
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
