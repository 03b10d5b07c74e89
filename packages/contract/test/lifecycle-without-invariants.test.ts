import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { expect, test } from "vitest";
import { ofLog } from "./mutants/start-provider.ts";
import { openDocument, verify } from "../src/index.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";

test("x-lifecycle is judged where no invariant says it", async () => {
  const text = JSON.stringify(openapiDocument, (key, value: unknown) =>
    key === "x-invariants" ? undefined : value,
  );
  const report = await withProvider(behaviorOf("status-goes-back"), (baseUrl) =>
    verify({
      baseUrl,
      ...ofLog,
      document: openDocument(JSON.parse(text)),
      skip: ["random", "path"],
      watchSeconds: 2,
    }),
  );
  expect(report.violations.map((violation) => violation.check)).toContain("lifecycle/not-followed");
});
