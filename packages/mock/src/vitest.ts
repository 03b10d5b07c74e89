import { afterAll } from "vitest";
import type { MockServerOptions } from "./mock-options.ts";
import { startMockServer } from "./start-mock-server.ts";
import type { MockServer } from "./start-mock-server.ts";

/** A fixture as `test.extend` takes it. */
export type MockServerFixture = (
  context: object,
  use: (mock: MockServer) => Promise<void>,
) => Promise<void>;

/**
 * A fixture for `test.extend`: a mock that starts when the first test of a file asks for it, is reset after each test, and
 * closes at the end of the file. To be called at the top of a test file.
 *
 * @example
 * const test = base.extend({ mock: mockServer({ seed: 1 }) });
 * test("waits", async ({ mock }) => {
 *   const sync = mock.sync().follow("completed");
 * });
 */
export function mockServer(options: MockServerOptions = {}): MockServerFixture {
  let starting: Promise<MockServer> | undefined;
  afterAll(async () => {
    const server = await starting;
    starting = undefined;
    await server?.close();
  });
  // vitest reads from the pattern which other fixtures this one needs: none.
  // oxlint-disable-next-line eslint/no-empty-pattern
  return async ({}, use) => {
    starting ??= startMockServer(options);
    const server = await starting;
    await use(server);
    server.reset();
  };
}
