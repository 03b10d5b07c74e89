import type { Mutant } from "./mutant.ts";
import { mutantsOf, onStatus, overTime, served } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { ids, own } from "./world.ts";

/** Providers that answer ordinary requests with a documented status that is wrong for them. */
export const expectationMutants: readonly Mutant[] = mutantsOf([
  [
    "refuses-lower-case-ids",
    "refuses its own ids every third time",
    "read/known-resource-not-served",
    {
      route: ({ query, headers }, requests) =>
        requests === 6 && query.size === 0 && headers["x-api-key"] === own.key
          ? errorReply(404, "Sync log not found")
          : undefined,
    },
  ],
  [
    "absent-gets-400",
    "answers 400 for an id of nothing",
    "read/absent-status",
    onStatus(404, () => errorReply(400, "No such sync log")),
  ],
  [
    "post-served",
    "serves POST like GET",
    "method/undocumented-method-served",
    { route: ({ method }) => (method === "POST" ? served : undefined) },
  ],
  [
    "delete-served",
    "deletes",
    "method/undocumented-method-served",
    { route: ({ method }) => (method === "DELETE" ? { status: 204, headers: {} } : undefined) },
  ],
  [
    "any-method",
    "serves any method",
    "method/undocumented-method-served",
    { route: ({ method }) => (["GET", "HEAD", "OPTIONS"].includes(method) ? undefined : served) },
  ],
  [
    "trace",
    "serves TRACE",
    "method/trace-served",
    {
      route: ({ method }) =>
        method === "TRACE"
          ? { status: 200, headers: { "content-type": "message/http" }, body: "TRACE / HTTP/1.1" }
          : undefined,
    },
  ],
  [
    "post-gets-409",
    "answers PUT with 409",
    "method/status",
    { route: ({ method }) => (method === "PUT" ? errorReply(409, "Conflict") : undefined) },
  ],
  [
    "404-on-xml",
    "answers 404 where XML is accepted",
    "accept/status",
    {
      route: ({ headers }) =>
        headers["accept"] === "application/xml" ? errorReply(404, "Not Found") : undefined,
    },
  ],
  [
    "404-on-condition",
    "answers 404 to a condition",
    "conditional/status",
    {
      route: ({ headers }) =>
        headers["if-none-match"] === undefined ? undefined : errorReply(404, "Not Found"),
    },
  ],
  [
    "flickers",
    "does not find a log every fourth time",
    "read/known-resource-not-served",
    {
      find: ({ id, readings, requests }, plain) =>
        id === ids.failed && readings === 2 && requests > 3 ? undefined : plain,
    },
    overTime,
  ],
  [
    "refuses-examples",
    "refuses the ids of the document's examples",
    "read/example-status",
    {
      route: ({ path }) =>
        path.includes("sync_42a17e56") ? errorReply(400, "Not an id") : undefined,
    },
  ],
  [
    "404-on-query",
    "answers 404 to an unknown query",
    "read/query-refused",
    {
      route: ({ query }) =>
        [...query.keys()].some((name) => name.startsWith("utm"))
          ? errorReply(404, "Not Found")
          : undefined,
    },
  ],
  [
    "404-on-origin",
    "answers 404 to a request from another origin",
    "cors/status",
    {
      route: ({ headers, method }) =>
        headers["origin"] !== undefined && method === "GET"
          ? errorReply(404, "Not Found")
          : undefined,
    },
  ],
]);
