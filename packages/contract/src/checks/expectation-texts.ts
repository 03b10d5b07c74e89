/** What a check of an expectation asserts, why, and what to do. */
export type ExpectationText = readonly [id: string, asserts: string, why: string, fix: string];

const keyWhy = "A value that resembles the key gives access to the data.";
const keyFix =
  "Compare the whole value of the documented header with the stored key, in constant time.";
const placeFix = "Read the key from the documented place only.";
const tenantWhy = "One customer reads another customer's data.";
const tenantFix =
  "Look the resource up by its id and its owner together, and take the owner from the key.";
const pathWhy = "A value that is not an id reached the lookup, so callers can manipulate it.";
const pathFix =
  "Validate the parameter against its schema before it is used, and anchor the pattern.";

/** Requests that must not succeed. */
export const served: readonly ExpectationText[] = [
  [
    "auth/missing-key-accepted",
    "A request without a credential is refused.",
    "Anyone can read the data.",
    "Require the credential.",
  ],
  [
    "auth/empty-key-accepted",
    "An empty credential is refused.",
    "Anyone can read the data.",
    keyFix,
  ],
  [
    "auth/wrong-key-accepted",
    "A credential that was never issued is refused.",
    "Anyone can read the data.",
    keyFix,
  ],
  ["auth/key-prefix-accepted", "The beginning of the key is refused.", keyWhy, keyFix],
  ["auth/key-suffix-accepted", "The end of the key is refused.", keyWhy, keyFix],
  ["auth/key-extended-accepted", "The key with something added is refused.", keyWhy, keyFix],
  ["auth/key-case-ignored", "The key in a different letter case is refused.", keyWhy, keyFix],
  [
    "auth/key-in-query-accepted",
    "The key in the query is refused.",
    "URLs end up in logs, histories and referrers.",
    placeFix,
  ],
  [
    "auth/key-in-cookie-accepted",
    "The key in a cookie is refused.",
    "Browsers send cookies with requests that other sites make.",
    placeFix,
  ],
  [
    "auth/bearer-accepted",
    "The key as a bearer token is refused.",
    "An undocumented way to authenticate is not maintained.",
    placeFix,
  ],
  [
    "auth/basic-accepted",
    "The key as a basic credential is refused.",
    "An undocumented way to authenticate is not maintained.",
    placeFix,
  ],
  [
    "access/foreign-resource-served",
    "Another tenant's resource is not served under the caller's own owner.",
    tenantWhy,
    tenantFix,
  ],
  [
    "access/foreign-owner-served",
    "Nothing is served under another tenant's owner.",
    tenantWhy,
    tenantFix,
  ],
  [
    "access/other-key-served",
    "Another tenant's key does not open the caller's own resource.",
    tenantWhy,
    tenantFix,
  ],
  [
    "access/owner-ignored",
    "A resource is not served under an owner that it does not belong to.",
    tenantWhy,
    tenantFix,
  ],
  [
    "access/absent-resource-served",
    "A resource that does not exist is not served.",
    "A client waits for something that was never there.",
    "Answer 404.",
  ],
  ["path/empty-accepted", "An empty path parameter is refused.", pathWhy, pathFix],
  [
    "path/dots-accepted",
    "Dot segments do not lead to a resource.",
    "Path traversal bypasses access rules.",
    pathFix,
  ],
  [
    "path/encoded-slash-accepted",
    "An encoded slash does not lead to a resource.",
    "Proxies and services disagree about what it means.",
    pathFix,
  ],
  [
    "path/control-character-accepted",
    "A control character in a path parameter is refused.",
    "A pattern that is not anchored lets it through.",
    pathFix,
  ],
  [
    "path/injection-accepted",
    "A path parameter is not interpreted as a query, a template or a path.",
    "A caller who can manipulate the lookup can read everything.",
    pathFix,
  ],
  ["path/markup-accepted", "Markup in a path parameter is refused.", pathWhy, pathFix],
  ["path/unicode-accepted", "Letters that an id cannot have are refused.", pathWhy, pathFix],
  ["path/too-long-accepted", "A path parameter of absurd length is refused.", pathWhy, pathFix],
  [
    "path/wrong-prefix-accepted",
    "An id with the prefix of another kind is refused.",
    pathWhy,
    pathFix,
  ],
  [
    "path/wrong-case-accepted",
    "An id in the wrong case is refused.",
    "Two spellings of one id break every cache and comparison.",
    pathFix,
  ],
  ["path/truncated-accepted", "A truncated id is refused.", pathWhy, pathFix],
  ["path/extended-accepted", "An id with something added is refused.", pathWhy, pathFix],
  [
    "path/malformed-accepted",
    "A path parameter that is not what its schema says is refused.",
    pathWhy,
    pathFix,
  ],
  [
    "method/undocumented-method-served",
    "A method that the spec does not document is not served.",
    "It may change data, and is not maintained.",
    "Route the documented methods only.",
  ],
  [
    "method/trace-served",
    "TRACE is not served.",
    "It returns credentials to scripts (cross-site tracing).",
    "Disable TRACE.",
  ],
];

/** Responses that are documented, but wrong for the request. */
export const misfits: readonly ExpectationText[] = [
  [
    "read/known-resource-not-served",
    "A resource that exists is served to its owner, every time.",
    "A correct request is rejected.",
    "Serve it; if it was deleted in the meantime, give another one.",
  ],
  [
    "read/absent-status",
    "A well-formed id of a resource that does not exist gets 404.",
    "Clients use the status to tell a missing resource from their own mistakes.",
    "Answer 404.",
  ],
  [
    "read/example-status",
    "The ids in the document's examples are found or not found, but not rejected.",
    "Examples are the first thing that a user tries.",
    "Accept the examples, or correct them.",
  ],
  [
    "read/query-refused",
    "An unknown query parameter is ignored or refused with 400.",
    "Proxies and trackers add parameters.",
    "Ignore unknown parameters.",
  ],
  [
    "path/malformed-status",
    "A malformed path parameter gets 400 or 404.",
    "Clients use the status to tell their own mistakes from other failures.",
    "Answer 400 or 404.",
  ],
  [
    "auth/unauthenticated-status",
    "A request without a valid credential gets 401.",
    "Clients ask for a new credential on 401, and only then.",
    "Answer 401.",
  ],
  [
    "auth/400-before-401",
    "A malformed request without a valid credential gets 401, not 400.",
    "An unauthenticated caller learns what is valid.",
    "Check the credential first.",
  ],
  [
    "auth/404-before-401",
    "An absent resource without a valid credential gets 401, not 404.",
    "An unauthorized caller learns what exists.",
    "Check the credential first.",
  ],
  [
    "auth/lower-case-header-refused",
    "The name of the credential's header is not case-sensitive.",
    "HTTP/2 sends every name in lower case.",
    "Compare header names case-insensitively.",
  ],
  [
    "auth/duplicate-key-status",
    "A credential that is sent twice is accepted or refused, and causes no other error.",
    "Proxies duplicate headers.",
    "Use one value, or refuse.",
  ],
  [
    "access/foreign-status",
    "Another tenant's resource gets 404, or the status of a refusal.",
    "An unauthorized caller learns what exists.",
    "Answer as for a resource that does not exist.",
  ],
  [
    "access/other-owner-refused",
    "The second tenant's own resource is served to it.",
    "Without it the access matrix proves nothing.",
    "Give the second tenant's own key, owner and resource.",
  ],
  [
    "method/status",
    "An unsupported method gets 404, 405 or 501.",
    "Clients learn from the status what is supported.",
    "Answer 405 with Allow.",
  ],
  [
    "accept/status",
    "A request for an unavailable media type gets an available one, or 406.",
    "Clients negotiate by the status.",
    "Answer 200 with an available media type, or 406.",
  ],
  [
    "conditional/status",
    "A conditional request gets 200, 304 or 412.",
    "Caches revalidate with it.",
    "Answer 304 or 200, or 412 to If-Match.",
  ],
  [
    "cors/status",
    "A request from another origin is answered like any other.",
    "Browsers add Origin by themselves.",
    "Decide by the credential, not by the Origin.",
  ],
];
