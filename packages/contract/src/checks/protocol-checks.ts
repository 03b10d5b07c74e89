import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "@qontext/sync-log-document";
import { isReading } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import { headerTokens, headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";

const allowMissing: Check = {
  id: "method/405-without-allow",
  asserts: "A 405 has the header Allow.",
  severity: "error",
  why: "RFC 9110, section 15.5.6, requires it: it tells the caller what is supported.",
  fix: "Send Allow with the methods of the resource.",
  judge: ({ response }) => {
    if (response?.status !== 405) return undefined;
    const allow = headerValue(response.headers, "allow");
    return allow === undefined ? [{ expected: "Allow: GET, …", actual: "no Allow" }] : [];
  },
};

const allowContradicts: Check = {
  id: "method/allow-contradicts",
  asserts: "Allow contains GET, and not the method that was just refused.",
  severity: "error",
  why: "The caller follows it and is refused again.",
  fix: "Build Allow from the routes.",
  judge: ({ response, exchange }) => {
    const { method } = exchange.request;
    const allow = response === undefined ? undefined : headerValue(response.headers, "allow");
    if (response === undefined || allow === undefined) return undefined;
    const allowed = headerTokens(response.headers, "allow");
    const isWrong =
      !allowed.includes("get") ||
      (response.status === 405 && allowed.includes(method.toLowerCase()));
    return isWrong ? [{ expected: `GET, without ${method}`, actual: `Allow: ${allow}` }] : [];
  },
};

const anyOfTwoKeys: Check = {
  id: "auth/any-of-two-keys-accepted",
  asserts: "One correct key among several different ones is not enough.",
  severity: "error",
  comparesReadings: true,
  why: "A caller can try many keys in one request.",
  fix: "Use one value of the header, or refuse the request.",
  judge: ({ contractCase, response }, { history }) => {
    if (!contractCase.id.endsWith("auth/wrong-then-right-key") || response === undefined)
      return undefined;
    const reverse = history.latest(
      contractCase.id.replace("wrong-then-right", "right-then-wrong"),
    )?.response;
    if (reverse === undefined) return undefined;
    const served = [reverse, response].every(({ status }) => isSuccessStatus(status));
    return served
      ? [{ expected: "refused in at least one order", actual: "served in both orders" }]
      : [];
  },
};

const unjustified304: Check = {
  id: "conditional/unjustified-304",
  asserts: "304 is sent only where a condition of the request holds.",
  severity: "error",
  why: "The client keeps an outdated body, or has none.",
  fix: "Compare the ETag and the dates of the request with those of the record.",
  judge: ({ contractCase, response }) => {
    if (contractCase.family !== "conditional" || response === undefined) return undefined;
    const mayBe304 = contractCase.expect?.statuses.includes(304) === true;
    return response.status === 304 && !mayBe304
      ? [{ expected: "200: the condition does not hold", actual: "304" }]
      : [];
  },
};

/** A tag without the prefix of a weak one. */
function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}

const changedEtag: Check = {
  id: "conditional/304-changes-etag",
  asserts: "A 304 has the ETag of the request's condition.",
  severity: "error",
  why: "A cache would store the old body under the new tag.",
  fix: "Send 304 only where the tags match, with that tag.",
  judge: ({ response, exchange }) => {
    const asked = headerValue(exchange.request.headers, "if-none-match");
    const etag = response === undefined ? undefined : headerValue(response.headers, "etag");
    if (response?.status !== 304 || asked === undefined || etag === undefined || asked === "*")
      return undefined;
    const matches = asked.split(",").some((tag) => opaque(tag) === opaque(etag));
    return matches ? [] : [{ expected: asked, actual: etag }];
  },
};

const staleEtag: Check = {
  id: "conditional/etag-unchanged",
  asserts: "A different body has a different ETag.",
  severity: "error",
  comparesReadings: true,
  why: "A cache keeps serving the old body.",
  fix: "Derive the ETag from the body, or from a version that changes with it.",
  judge: (subject, { history }) => {
    const previous = isReading(subject) ? history.readings(subject).at(-1) : undefined;
    if (previous?.response === undefined || subject.response === undefined) return undefined;
    const [before, now] = [
      headerValue(previous.response.headers, "etag"),
      headerValue(subject.response.headers, "etag"),
    ];
    if (before === undefined || now === undefined) return undefined;
    const isSameBody = isDeepStrictEqual(previous.json?.value, subject.json?.value);
    return before === now && !isSameBody
      ? [{ expected: "a different ETag for a different body", actual: now }]
      : [];
  },
};

const errorStatus: Check = {
  id: "error/body-status-differs",
  asserts: "A status in an error body is that of the response.",
  severity: "error",
  why: "Logs and clients read one or the other, and disagree.",
  fix: "Write the status of the response into the body.",
  judge: ({ response, json, rules, exchange }) => {
    if (response === undefined || response.status < 400 || exchange.request.method === "HEAD")
      return undefined;
    // An invariant of the document that is about the status says it better.
    const invariants = rules?.sites.flatMap((site) => site.invariants.invariants) ?? [];
    if (invariants.some(({ references }) => references.some((one) => one.variable === "response")))
      return undefined;
    const value = json?.value;
    if (!isJsonObject(value)) return undefined;
    const stated = [value["statusCode"], value["status"]].filter((one) => typeof one === "number");
    return stated
      .filter((one) => one !== response.status)
      .map((one) => ({ expected: String(response.status), actual: String(one) }));
  },
};

/** Checks of methods, credentials and conditional requests. */
export const protocolChecks: readonly Check[] = [
  allowMissing,
  allowContradicts,
  anyOfTwoKeys,
  unjustified304,
  changedEtag,
  staleEtag,
  errorStatus,
];
