import { expect, test } from "vitest";
import { ScenarioError, createMock } from "../src/index.ts";

const id = "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad";

test("makes room for a sync that is created with a documented id, once", async () => {
  const mock = await createMock();
  expect(mock.sync({ id }).status).toBe("pending");
  expect(() => mock.sync({ id })).toThrow(ScenarioError);
  mock.reset();
  expect(mock.sync({ id }).status).toBe("pending");
});
