import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { apiKey } from "../fixtures/sync-logs.ts";

it.each(["?", "#", "?#", "/base?", "/base#"])(
  "a base URL that ends in %s is refused, as every path would be behind that",
  (end) => {
    const create = () => createSyncLogClient({ apiKey, baseUrl: `https://api.qontext.ai${end}` });
    expect(create).toThrow("has a query or a fragment");
  },
);
