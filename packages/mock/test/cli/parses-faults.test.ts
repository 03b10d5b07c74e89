import { expect, test } from "vitest";
import { faultOptionSyntax, parseFault } from "../../src/cli/parse-fault.ts";

test.each([
  ["503", { kind: "status", status: 503 }, {}],
  ["503,times=3,retry-after=2", { kind: "status", status: 503, retryAfter: 2 }, { times: 3 }],
  [
    "429,retry-after=Wed, 21 Oct 2026 07:28:00 GMT,after=1",
    { kind: "status", status: 429, retryAfter: "Wed, 21 Oct 2026 07:28:00 GMT" },
    { after: 1 },
  ],
  ["429,retry-after-ms=1500ms", { kind: "status", status: 429, retryAfterMs: 1500 }, {}],
  ["latency,delay=1.5s,jitter=20ms", { kind: "latency", delayMs: 1500, jitterMs: 20 }, {}],
  ["stall,at=header", { kind: "stall", at: "header" }, {}],
  ["drip,every=5ms,chunk-bytes=8", { kind: "drip", everyMs: 5, chunkBytes: 8 }, {}],
  ["reset,at=body,probability=0.25", { kind: "reset", at: "body" }, { probability: 0.25 }],
  ["truncate", { kind: "truncate" }, {}],
  ["malformed-json", { kind: "malformed-json" }, {}],
  [
    "content-type,content-type=text/html,body=<p>a=b</p>",
    { kind: "content-type", contentType: "text/html", body: "<p>a=b</p>" },
    {},
  ],
  [
    "redirect,location=http://x.invalid/?a=b",
    { kind: "redirect", location: "http://x.invalid/?a=b" },
    {},
  ],
  ["bad-gzip", { kind: "bad-gzip" }, {}],
  [
    "oversize,bytes=1000,is-length-hidden=true",
    { kind: "oversize", bytes: 1000, isLengthHidden: true },
    {},
  ],
  ["flapping,up=3,down=2", { kind: "flapping", up: 3, down: 2 }, {}],
  ["503,operation=listSyncLogs", { kind: "status", status: 503 }, { operation: "listSyncLogs" }],
  ["capped-list,items=500", { kind: "capped-list", items: 500 }, {}],
  ["stale-list,max-age=1.5s", { kind: "stale-list", maxAgeMs: 1500 }, {}],
])("reads --fault %s", (text, plan, when) => {
  expect(parseFault(text)).toEqual({ plan, when });
});

test("lists every kind in the help", () => {
  expect(faultOptionSyntax()).toHaveLength(14);
  expect(faultOptionSyntax()[0]).toBe("STATUS[,retry-after=…][,retry-after-ms=…][,body=…]");
});
