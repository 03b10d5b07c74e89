import type { CheckText } from "./check.ts";

/** Checks with the same reason and the same fix. */
function because(
  why: string,
  fix: string,
  asserts: Readonly<Record<string, string>>,
): readonly CheckText[] {
  return Object.entries(asserts).map(([id, text]) => ({ id, asserts: text, why, fix }));
}

const keyFix =
  "Compare the whole value of the documented header with the stored key, in constant time.";
const placeFix = "Read the key from the documented place only.";
const pathFix =
  "Validate the parameter against its schema before it is used, and anchor the pattern.";

/** Requests that must not succeed. */
export const servedTexts: readonly CheckText[] = [
  because("Anyone can read the data.", "Require the credential.", {
    "auth/missing-key-accepted": "A request without a credential is refused.",
  }),
  because("Anyone can read the data.", keyFix, {
    "auth/empty-key-accepted": "An empty credential is refused.",
    "auth/wrong-key-accepted": "A credential that was never issued is refused.",
  }),
  because("A value that resembles the key gives access to the data.", keyFix, {
    "auth/key-prefix-accepted": "The beginning of the key is refused.",
    "auth/key-suffix-accepted": "The end of the key is refused.",
    "auth/key-extended-accepted": "The key with something added is refused.",
    "auth/key-case-ignored": "The key in a different letter case is refused.",
  }),
  because("Two keys are one, and a part that checks for the exact key is bypassed.", keyFix, {
    "auth/key-normalized-accepted":
      "The key in quotes, in an encoding, in a list or with blanks in it is refused.",
  }),
  because("Anyone can send the header.", "Drop such headers where they do not come from a proxy.", {
    "auth/claimed-proxy-accepted": "A header that claims to come from a proxy replaces no key.",
    "auth/claimed-method-accepted":
      "A header that claims another method, another path or a preflight replaces no key.",
  }),
  because("URLs end up in logs, histories and referrers.", placeFix, {
    "auth/key-in-query-accepted": "The key in the query is refused.",
  }),
  because("Browsers send cookies with requests that other sites make.", placeFix, {
    "auth/key-in-cookie-accepted": "The key in a cookie is refused.",
  }),
  because("An undocumented way to authenticate is not maintained.", placeFix, {
    "auth/key-in-other-header-accepted": "The key in another header is refused.",
    "auth/bearer-accepted": "The key as a bearer token is refused.",
    "auth/basic-accepted": "The key as a basic credential is refused.",
    "auth/other-scheme-accepted": "The key under another scheme is refused.",
  }),
  because(
    "One customer reads another customer's data.",
    "Look the resource up by its id and its owner together, and take the owner from the key.",
    {
      "access/foreign-resource-served":
        "Another tenant's resource is not served under the caller's own owner.",
      "access/foreign-owner-served": "Nothing is served under another tenant's owner.",
      "access/other-key-served": "Another tenant's key does not open the caller's own resource.",
      "access/owner-ignored": "A resource is not served under an owner that it does not belong to.",
    },
  ),
  because("A client waits for something that was never there.", "Answer 404.", {
    "access/absent-resource-served": "A resource that does not exist is not served.",
  }),
  because("A value that is not an id reached the lookup, so callers can manipulate it.", pathFix, {
    "path/empty-accepted": "An empty path parameter is refused.",
    "path/markup-accepted": "Markup in a path parameter is refused.",
    "path/unicode-accepted": "Letters that an id cannot have are refused.",
    "path/too-long-accepted": "A path parameter of absurd length is refused.",
    "path/wrong-prefix-accepted": "An id with the prefix of another kind is refused.",
    "path/truncated-accepted": "A truncated id is refused.",
    "path/extended-accepted": "An id with something added is refused.",
    "path/malformed-accepted": "A path parameter that is not what its schema says is refused.",
  }),
  because("Path traversal bypasses access rules.", pathFix, {
    "path/dots-accepted": "Dot segments do not lead to a resource.",
  }),
  because("Proxies and services disagree about what it means.", pathFix, {
    "path/encoded-slash-accepted": "An encoded slash does not lead to a resource.",
  }),
  because("A pattern that is not anchored lets it through.", pathFix, {
    "path/control-character-accepted": "A control character in a path parameter is refused.",
  }),
  because("A caller who can manipulate the lookup can read everything.", pathFix, {
    "path/injection-accepted":
      "A path parameter is not interpreted as a query, a template or a path.",
  }),
  because("Two spellings of one id break every cache and comparison.", pathFix, {
    "path/other-encoding-accepted":
      "An id that is encoded twice, overlong or in another notation is refused.",
    "path/wrong-case-accepted": "An id in the wrong case is refused.",
  }),
  because("It may change data, and is not maintained.", "Route the documented methods only.", {
    "method/undocumented-method-served": "A method that the spec does not document is not served.",
  }),
  because("It returns credentials to scripts (cross-site tracing).", "Disable TRACE.", {
    "method/trace-served": "TRACE is not served.",
  }),
].flat();

/** Responses that are documented, but wrong for the request. */
export const misfitTexts: readonly CheckText[] = [
  because(
    "A correct request is rejected.",
    "Serve it; if it was deleted in the meantime, give another one.",
    {
      "read/known-resource-not-served":
        "A resource that exists is served to its owner, every time.",
    },
  ),
  because(
    "Clients use the status to tell a missing resource from their own mistakes.",
    "Answer 404.",
    { "read/absent-status": "A well-formed id of a resource that does not exist gets 404." },
  ),
  because(
    "Examples are the first thing that a user tries.",
    "Accept the examples, or correct them.",
    {
      "read/example-status":
        "The ids in the document's examples are found or not found, but not rejected.",
    },
  ),
  because("Proxies and trackers add parameters.", "Ignore unknown parameters.", {
    "read/query-refused": "An unknown query parameter is ignored or refused with 400.",
  }),
  because(
    "Clients use the status to tell their own mistakes from other failures.",
    "Answer 400 or 404.",
    { "path/malformed-status": "A malformed path parameter gets 400 or 404." },
  ),
  because("Clients ask for a new credential on 401, and only then.", "Answer 401.", {
    "auth/unauthenticated-status": "A request without a valid credential gets 401.",
  }),
  because("An unauthenticated caller learns what is valid.", "Check the credential first.", {
    "auth/400-before-401": "A malformed request without a valid credential gets 401, not 400.",
  }),
  because("An unauthorized caller learns what exists.", "Check the credential first.", {
    "auth/404-before-401": "An absent resource without a valid credential gets 401, not 404.",
  }),
  because("HTTP/2 sends every name in lower case.", "Compare header names case-insensitively.", {
    "auth/lower-case-header-refused": "The name of the credential's header is not case-sensitive.",
  }),
  because("Proxies duplicate headers.", "Use one value, or refuse.", {
    "auth/duplicate-key-status":
      "A credential that is sent twice is accepted or refused, and causes no other error.",
  }),
  because(
    "An unauthorized caller learns what exists.",
    "Answer as for a resource that does not exist.",
    { "access/foreign-status": "Another tenant's resource gets 404, or the status of a refusal." },
  ),
  because(
    "Without it the access matrix proves nothing.",
    "Give the second tenant's own key, owner and resource.",
    { "access/other-owner-refused": "The second tenant's own resource is served to it." },
  ),
  because("Clients learn from the status what is supported.", "Answer 405 with Allow.", {
    "method/status": "An unsupported method gets 404, 405 or 501.",
  }),
  because("Clients negotiate by the status.", "Answer 200 with an available media type, or 406.", {
    "accept/status": "A request for an unavailable media type gets an available one, or 406.",
  }),
  because("Caches revalidate with it.", "Answer 304 or 200, or 412 to If-Match.", {
    "conditional/status": "A conditional request gets 200, 304 or 412.",
  }),
  because("Browsers add Origin by themselves.", "Decide by the credential, not by the Origin.", {
    "cors/status": "A request from another origin is answered like any other.",
  }),
].flat();
