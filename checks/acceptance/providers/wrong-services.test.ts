import { verify } from "@qontext/sync-log-contract";
import { describe, expect, it } from "vitest";
import { verification, withService } from "./support/services.ts";

/** A mistake that its style makes easy, the check that names it, and the families of the cases that show it. */
type Row = readonly [mistake: string, check: string, ...families: string[]];

const styles: Readonly<Record<string, readonly Row[]>> = {
  express: [
    ["query-before-path", "query/overrides-path", "query"],
    ["tenant-in-module", "parallel/answer-mixed-up", "parallel"],
    ["head-before-auth", "auth/missing-key-accepted", "auth", "head", "access"],
    ["cors-any-origin", "cors/any-origin-with-credentials", "cors"],
    ["public-cache", "leak/cacheable-by-others", "read"],
    ["stack-in-error", "leak/stack-trace", "path"],
    ["as-text", "media-type/undocumented", "read"],
    ["ids-lower-cased", "path/wrong-case-accepted", "path"],
    ["tenant-ignored", "access/foreign-owner-served", "access"],
    ["key-in-query", "auth/key-in-query-accepted", "auth"],
    ["foreign-forbidden", "access/foreign-status", "access"],
  ],
  fastify: [
    ["cors-any-origin", "cors/any-origin-with-credentials", "cors"],
    ["public-cache", "leak/cacheable-by-others", "read"],
    ["half-a-body", "json/invalid", "read"],
    ["workspace-ignored", "access/foreign-owner-served", "access"],
    ["tenant-in-module", "parallel/answer-mixed-up", "parallel"],
    ["key-in-error", "leak/key-reflected", "auth"],
    ["counts-as-texts", "schema/type", "read"],
    ["ids-trimmed", "path/control-character-accepted", "path"],
    ["password-in-body", "leak/secret", "read"],
    ["key-in-query", "auth/key-in-query-accepted", "auth"],
  ],
  nest: [
    ["created", "status/undocumented", "read"],
    ["not-found-is-null", "access/absent-resource-served", "access", "read"],
    ["message-is-object", "schema/required", "path"],
    ["errors-are-unhandled", "auth/server-error", "auth"],
    ["cors-any-origin", "cors/any-origin-with-credentials", "cors"],
    ["public-cache", "leak/cacheable-by-others", "read"],
    ["in-envelope", "schema/required", "read"],
    ["tenant-ignored", "access/foreign-owner-served", "access"],
    ["any-key", "auth/wrong-key-accepted", "auth"],
    ["seconds-since-1970", "schema/type", "read"],
    ["foreign-forbidden", "access/foreign-status", "access"],
    ["bearer-too", "auth/bearer-accepted", "auth"],
  ],
  hono: [
    ["public-cache", "leak/cacheable-by-others", "read"],
    ["cors-any-origin", "cors/any-origin-with-credentials", "cors"],
    ["host-in-header", "leak/internal-address", "read"],
    ["errors-as-text", "media-type/undocumented", "auth"],
    ["always-200", "auth/missing-key-accepted", "auth"],
    ["ids-lower-cased", "path/wrong-case-accepted", "path"],
    ["query-before-path", "query/overrides-path", "query"],
    ["unknown-status", "schema/enum", "read"],
    ["more-than-total", "invariant/ingested-within-total", "read"],
    ["key-trimmed-to-prefix", "auth/key-prefix-accepted", "auth"],
  ],
  "node-http": [
    ["byte-order-mark", "json/bom", "read"],
    ["status-twice", "json/duplicate-key", "read"],
    ["as-html", "media-type/undocumented", "read"],
    ["latin-1", "media-type/charset", "read"],
    ["length-too-large", "wire/body-shorter-than-content-length", "read"],
    ["bytes-after-body", "wire/bytes-after-body", "read"],
    ["body-for-head", "wire/body-not-allowed", "head"],
    ["fails-on-malformed", "path/server-error", "path"],
    ["key-in-query", "auth/key-in-query-accepted", "auth"],
    ["tenant-in-module", "parallel/answer-mixed-up", "parallel"],
    ["workspace-ignored", "access/foreign-owner-served", "access"],
  ],
  "http-1.0": [
    ["lines-end-with-lf", "wire/malformed-head", "read"],
    ["header-without-colon", "wire/malformed-head", "read"],
    ["no-version", "wire/malformed-head", "read"],
    ["length-too-large", "wire/body-shorter-than-content-length", "read"],
    ["bytes-after-body", "wire/bytes-after-body", "read"],
    ["body-for-head", "wire/body-not-allowed", "head"],
    ["byte-order-mark", "json/bom", "read"],
    ["as-html", "media-type/undocumented", "read"],
    ["tenant-ignored", "access/foreign-owner-served", "access"],
    ["any-key", "auth/wrong-key-accepted", "auth"],
  ],
  python: [
    ["query-before-path", "query/overrides-path", "query"],
    ["key-trimmed", "auth/key-normalized-accepted", "auth"],
    ["key-in-any-case", "auth/key-case-ignored", "auth"],
    ["any-key", "auth/wrong-key-accepted", "auth"],
    ["dollar", "path/control-character-accepted", "path"],
    ["html-errors", "media-type/undocumented", "auth"],
    ["prefix", "path/extended-accepted", "path"],
    ["workspace-ignored", "access/foreign-owner-served", "access"],
    ["tenant-ignored", "access/foreign-owner-served", "access"],
    ["foreign-forbidden", "access/foreign-status", "access"],
    ["nan", "json/invalid", "read"],
    ["naive-times", "schema/format", "read"],
    ["repr", "json/invalid", "read"],
    ["traceback", "leak/stack-trace", "path"],
  ],
  nginx: [
    ["cache-for-all", "auth/missing-key-accepted", "auth"],
    ["own-error-pages", "media-type/undocumented", "auth"],
    ["errors-are-200", "auth/missing-key-accepted", "auth"],
    ["key-is-optional", "auth/missing-key-accepted", "auth"],
    ["key-from-query", "auth/key-in-query-accepted", "auth"],
    ["one-key-for-all", "auth/wrong-key-accepted", "auth"],
    ["public-expires", "leak/cacheable-by-others", "read"],
    ["any-origin", "cors/any-origin-with-credentials", "cors"],
    ["upstream-in-header", "leak/internal-address", "read"],
    ["type-hidden", "media-type/missing", "read"],
  ],
};

describe.each(Object.entries(styles))("%s", (style, rows) => {
  it.concurrent.each(rows)("%s is caught by %s", async (mistake, check, ...families) => {
    const report = await withService(style, mistake, (baseUrl) =>
      verify({ ...verification, baseUrl, only: ["access/other-owner", ...families] }),
    );
    expect(report.violations.map((violation) => violation.check)).toContain(check);
    expect(report).toMatchObject({ verdict: "violations", exitCode: 1 });
  });
});
