import { representations } from "../plan/negotiation-cases.ts";
import { isReading } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import { headerTokens } from "../wire/wire-request.ts";
import type { Answered, Check, Finding } from "./check.ts";
import { assertThat, ofSide } from "./check.ts";
import { stableDifferences } from "./stable-differences.ts";

/** Headers of a response as they are compared, with the length of a body that has none. */
function headersOf(names: readonly string[]): (subject: Answered) => ReadonlyMap<string, string> {
  return ({ header, response }) => {
    const found = names.flatMap((name): [string, string][] => {
      const value = header(name);
      return value === undefined ? [] : [[name, value]];
    });
    return new Map(response.body.length > 0 ? [...withLength(found, response)] : found);
  };
}

/** A chunked body has a length, too. */
function withLength(
  headers: [string, string][],
  { body }: Answered["response"],
): [string, string][] {
  const others = headers.filter(([name]) => name !== "content-length");
  return [...others, ["content-length", String(body.length)]];
}

/** Coding and media type of responses, if all have the same ones. */
function sameCoding(subjects: readonly Answered[]): string | undefined {
  const codings = new Set(subjects.map(({ body }) => body.codings.join(", ")));
  return codings.size === 1 ? [...codings][0] : undefined;
}

function besideGet(
  judge: (get: readonly Answered[], head: readonly Answered[]) => readonly Finding[] | undefined,
): Check["judgeSeries"] {
  return (_series, subjects) => {
    const get = ofSide(subjects, representations.get);
    const head = ofSide(subjects, representations.head).filter(
      ({ response: { status } }) => status !== 405 && status !== 501,
    );
    return get.length === 0 || head.length === 0 ? undefined : judge(get, head);
  };
}

function statusOf({ response }: Answered): ReadonlyMap<string, string> {
  return new Map([["status", String(response.status)]]);
}

const headStatus: Check = {
  id: "head/status-differs",
  asserts: "HEAD gets the status that GET gets, or 405 or 501 where it is not supported.",
  why: "Monitors and caches use HEAD instead of GET (RFC 9110, section 9.3.2).",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judgeSeries: besideGet((get, head) => {
    return stableDifferences(head, get, statusOf).map(({ ours, theirs }) => ({
      expected: `${theirs}, as GET gets`,
      actual: ours,
    }));
  }),
};

const headHeaders: Check = {
  id: "head/headers-differ",
  asserts: "Where HEAD gets Content-Type, ETag or Content-Length, they are those that GET gets.",
  why: "Caches update what they have stored from the response to HEAD (RFC 9110, section 8.6).",
  fix: "Route HEAD to the handler of GET and drop the body.",
  judgeSeries: besideGet((get, head) => {
    if (get[0]?.response.status !== head[0]?.response.status) return undefined;
    const isSameCoding = sameCoding([...get, ...head]) !== undefined;
    // An error that names the method is as much longer on HEAD.
    const namesMethod = get.some(
      ({ response, bodyText }) => response.status >= 400 && bodyText.includes("GET"),
    );
    const isComparable = isSameCoding && !namesMethod;
    const names = ["content-type", ...(isComparable ? ["etag", "content-length"] : [])];
    const read = headersOf(names);
    // HEAD may leave out what takes generating the body (RFC 9110, section 9.3.2), and GET what it sends in chunks.
    return stableDifferences(head, get, read)
      .filter(({ part }) => [...head, ...get].every((one) => read(one).has(part)))
      .map(({ part, ours, theirs }) => ({
        expected: `${part}: ${theirs}, as GET gets`,
        actual: ours,
      }));
  }),
};

const headCoding: Check = {
  id: "head/coding-differs",
  asserts: "The Content-Length that HEAD gets is that of the coding that GET gets.",
  severity: "warning",
  why: "A cache that compares the lengths takes what it has for outdated (RFC 9110, section 8.6).",
  fix: "Compress before the length is set, or leave Content-Length out of the response to HEAD.",
  judgeSeries: besideGet((get, head) => {
    const [gets, heads] = [sameCoding(get), sameCoding(head)];
    if (gets === undefined || heads === undefined || gets === heads) return undefined;
    const length = head[0]?.header("content-length");
    if (length === undefined) return [];
    return [
      { expected: `no Content-Length, or that of ${gets || "the plain body"}`, actual: length },
    ];
  }),
};

function besideOk(
  judge: (ok: Answered, notModified: Answered) => readonly Finding[] | undefined,
): Check["judgeSeries"] {
  return (_series, subjects) => {
    const [ok] = ofSide(subjects, representations.get).slice(-1);
    const [notModified] = ofSide(subjects, representations.notModified).slice(-1);
    if (ok === undefined || !isSuccessStatus(ok.response.status)) return undefined;
    return notModified?.response.status === 304 ? judge(ok, notModified) : undefined;
  };
}

const notModifiedLength: Check = {
  id: "conditional/304-content-length",
  asserts: "A 304 has no Content-Length, or that of the response it stands for.",
  why: "Clients and proxies wait for a body that never comes, or cut the one that they have stored.",
  fix: "Leave Content-Length out of a 304 (RFC 9110, section 8.6).",
  judgeSeries: besideOk((ok, { header }) => {
    const [length, expected] = [header("content-length"), String(ok.response.body.length)];
    return assertThat(
      length === undefined || length === expected,
      `no Content-Length, or ${expected}`,
      length ?? "",
    );
  }),
};

/** Headers that a 304 has to repeat. */
const namedIn304: readonly string[] = ["etag", "vary", "cache-control", "content-location"];

/** Headers that describe the body: a 304 may leave them out, but not say something else. */
const describedIn304: readonly string[] = ["content-type", "content-encoding", "last-modified"];

const notModifiedHeaders: Check = {
  id: "conditional/304-headers",
  asserts:
    "A 304 has the ETag, Vary, Cache-Control, Content-Location and Expires of the response it stands for, and no other type, coding or date.",
  severity: "warning",
  why: "A cache updates what it has stored with the headers of the 304 (RFC 9110, section 15.4.5).",
  fix: "Set these headers before the condition is evaluated.",
  judgeSeries: besideOk((ok, notModified) =>
    [...namedIn304, ...describedIn304].flatMap((name) => {
      const expected = headerTokens(ok.response.headers, name).toSorted().join(", ");
      const actual = headerTokens(notModified.response.headers, name).toSorted().join(", ");
      if ((describedIn304.includes(name) ? actual : expected) === "") return [];
      return assertThat(
        expected === actual,
        `${name}: ${expected || "nothing"}`,
        actual || `no ${name}`,
      );
    }),
  ),
};

const strongTag: Check = {
  id: "cache/strong-etag-for-codings",
  asserts: "Two codings of a body do not have the same strong ETag.",
  comparesReadings: true,
  why: "A cache that joins ranges or revalidates by the tag mixes compressed and plain bytes.",
  fix: "Make the tag weak, or another one for each coding (RFC 9110, section 8.8.3.3).",
  judge: (subject, { history }) => {
    const etag = subject.header("etag");
    if (!isReading(subject) || etag === undefined || etag.startsWith("W/")) return undefined;
    const coding = subject.body.codings.join(", ");
    const other = history
      .readings(subject)
      .find((one) => one.header("etag") === etag && one.body.codings.join(", ") !== coding);
    return assertThat(
      other === undefined,
      "another tag, or a weak one, for each coding",
      `${etag} for ${coding || "no coding"} and for ${other?.body.codings.join(", ") || "no coding"}`,
    );
  },
};

/** Checks that compare the forms in which one resource is sent. */
export const representationChecks: readonly Check[] = [
  headStatus,
  headHeaders,
  headCoding,
  notModifiedLength,
  notModifiedHeaders,
  strongTag,
];
