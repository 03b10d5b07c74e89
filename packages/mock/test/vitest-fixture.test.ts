import { test as base, expect } from "vitest";
import { mockServer } from "../src/vitest.ts";

const test = base.extend({ mock: mockServer({ scenarios: [] }) });
let firstUrl = "";

test("gives a test a mock that listens", async ({ mock }) => {
  firstUrl = mock.url;
  const sync = mock.sync().at("ingesting");
  const response = await fetch(mock.url + sync.path, { headers: { "X-API-Key": "q_sk_test" } });
  expect(response.status).toBe(200);
  expect(mock.requests).toHaveLength(1);
});

test("gives the next test the same mock, as it was at its start", async ({ mock }) => {
  expect(mock.url).toBe(firstUrl);
  expect(mock.requests).toHaveLength(0);
});
