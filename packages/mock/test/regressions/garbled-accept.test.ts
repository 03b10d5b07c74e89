import { expect, test as base } from "vitest";
import { mockServer } from "../../src/vitest.ts";
import { read } from "../read.ts";

const test = base.extend({ mock: mockServer() });
const asking = (accept: string): RequestInit => ({
  headers: { "X-API-Key": "q_sk_any", accept },
});

test.for([
  ";;q=,,//",
  "application/json;q=,",
  "a b/c",
  "/",
  "text",
  "text/html,,*/*",
  'a/b;v="c,d"',
])("answers as without an Accept to one that cannot be read: %s", async (accept, { mock }) => {
  const sync = mock.sync().at("completed");
  const { status, body } = await read(mock, sync.path, asking(accept));
  expect(status).toBe(200);
  expect(body).toEqual(sync.body);
});

test.for([
  "application/json",
  "text/html, application/json;q=0.5",
  "*/*;q=0.1",
  ' application/* ; v="a,b" ,',
])("still negotiates by one that can be read: %s", async (accept, { mock }) => {
  const sync = mock.sync().at("completed");
  expect((await read(mock, sync.path, asking(accept))).status).toBe(200);
});
