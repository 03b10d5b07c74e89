import { isDeepStrictEqual } from "node:util";
import { isJsonObject } from "@qontext/sync-log-document";
import type { Subject } from "../run/subject.ts";
import { isReading } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import { headerTokens, headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

const allowMissing: Check = {
  id: "method/405-without-allow",
  asserts: "A 405 has the header Allow.",
  why: "RFC 9110, section 15.5.6, requires it: it tells the caller what is supported.",
  fix: "Send Allow with the methods of the resource.",
  judge: ofResponse(({ response, header, exchange: { request } }) => {
    if (response.status !== 405) return undefined;
    if (header("allow") !== undefined) return [];
    // Gateways refuse TRACE by themselves, for whatever resource.
    const isGateway = request.method === "TRACE";
    const finding = { expected: "Allow: GET, …", actual: `no Allow, for ${request.method}` };
    return [isGateway ? { ...finding, severity: "warning" } : finding];
  }),
};

const allowContradicts: Check = {
  id: "method/allow-contradicts",
  asserts: "Allow contains GET, and not the method that was just refused.",
  why: "The caller follows it and is refused again.",
  fix: "Build Allow from the routes.",
  judge: ofResponse(({ response, header, exchange: { request } }) => {
    const allow = header("allow");
    if (allow === undefined) return undefined;
    const allowed = headerTokens(response.headers, "allow");
    const isRefused = response.status === 405 && allowed.includes(request.method.toLowerCase());
    const isRight = allowed.includes("get") && !isRefused;
    return assertThat(isRight, `GET, without ${request.method}`, `Allow: ${allow}`);
  }),
};

const anyOfTwoKeys: Check = {
  id: "auth/any-of-two-keys-accepted",
  asserts: "One correct key among several different ones is not enough.",
  comparesReadings: true,
  why: "A caller can try many keys in one request.",
  fix: "Use one value of the header, or refuse the request.",
  judge: ofResponse(({ contractCase, response }, { history }) => {
    if (!contractCase.id.endsWith("auth/wrong-then-right-key")) return undefined;
    const reverse = history.comparedWith(contractCase)?.response;
    if (reverse === undefined) return undefined;
    if (history.isImplied(contractCase)) return [];
    const isServed = [reverse, response].every(({ status }) => isSuccessStatus(status));
    return assertThat(!isServed, "refused in at least one order", "served in both orders");
  }),
};

const unjustified304: Check = {
  id: "conditional/unjustified-304",
  asserts: "304 is sent only where a condition of the request holds.",
  why: "The client keeps an outdated body, or has none.",
  fix: "Compare the ETag and the dates of the request with those of the record.",
  judge: ofResponse(({ contractCase: { family, expect }, response }) => {
    if (family !== "conditional") return undefined;
    const isJustified = response.status !== 304 || expect?.statuses.includes(304) === true;
    return assertThat(isJustified, "200: the condition does not hold", "304");
  }),
};

/** A tag without the prefix of a weak one. */
function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}

const changedEtag: Check = {
  id: "conditional/304-changes-etag",
  asserts: "A 304 has the ETag of the request's condition.",
  why: "A cache would store the old body under the new tag.",
  fix: "Send 304 only where the tags match, with that tag.",
  judge: ofResponse(({ response, header, exchange }) => {
    const asked = headerValue(exchange.request.headers, "if-none-match");
    const etag = header("etag");
    if (response.status !== 304 || asked === undefined || etag === undefined || asked === "*")
      return undefined;
    const matches = asked.split(",").some((tag) => opaque(tag) === opaque(etag));
    return assertThat(matches, asked, etag);
  }),
};

const staleEtag: Check = {
  id: "conditional/etag-unchanged",
  asserts: "A different body has a different ETag.",
  comparesReadings: true,
  why: "A cache keeps serving the old body.",
  fix: "Derive the ETag from the body, or from a version that changes with it.",
  judge: (subject, { history }) => {
    const previous = isReading(subject) ? history.readings(subject).at(-1) : undefined;
    const [before, now] = [previous?.header("etag"), subject.header("etag")];
    if (before === undefined || now === undefined) return undefined;
    const isSameBody =
      isDeepStrictEqual(previous?.json?.value, subject.json?.value) ||
      // What a weak tag stands for is equivalent (RFC 9110, section 8.8.1), such as a list in another order.
      (now.startsWith("W/") && isSameList(previous, subject));
    return assertThat(before !== now || isSameBody, "a different ETag for a different body", now);
  },
};

/** Whether two lists have the same items, in whatever order. */
function isSameList(before: Subject | undefined, { listed }: Subject): boolean {
  if (before?.listed === undefined || listed === undefined) return false;
  return isDeepStrictEqual(new Set(before.listed), new Set(listed));
}

const errorStatus: Check = {
  id: "error/body-status-differs",
  asserts: "A status in an error body is that of the response.",
  why: "Logs and clients read one or the other, and disagree.",
  fix: "Write the status of the response into the body.",
  judge: ofResponse(({ response, json, rules, isHead }) => {
    if (response.status < 400 || isHead) return undefined;
    // An invariant of the document that is about the status says it better.
    const invariants = rules?.sites.flatMap((site) => site.invariants.invariants) ?? [];
    if (invariants.some(({ references }) => references.some((one) => one.variable === "response")))
      return undefined;
    const value = json?.value;
    if (!isJsonObject(value)) return undefined;
    const stated = [value["statusCode"], value["status"]].filter((one) => typeof one === "number");
    return stated.flatMap((one) =>
      assertThat(one === response.status, String(response.status), String(one)),
    );
  }),
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
