import { afterAll } from "vitest";
import type { MockServer, MockServerOptions } from "./face.ts";
import { startMockServer } from "./face.ts";

/** A fixture as `test.extend` takes it. */
export type MockServerFixture = (
  context: object,
  use: (mock: MockServer) => Promise<void>,
) => Promise<void>;

/**
 * A fixture for `test.extend`: a mock that starts when the first test of a file uses it, is reset after each test, and closes
 * at the end of the file. Call it at the top of a test file.
 *
 * @example
 * const test = base.extend({ mock: mockServer({ seed: 1 }) });
 * test("tries again", async ({ mock }) => {
 *   mock.fault({ kind: "status", status: 503 }, { times: 1 });
 * });
 */
export function mockServer(options: MockServerOptions = {}): MockServerFixture {
  let starting: Promise<MockServer> | undefined;
  afterAll(async () => {
    const server = await starting;
    starting = undefined;
    await server?.close();
  });
  // vitest reads from the pattern which other fixtures this one needs.
  // oxlint-disable-next-line eslint/no-empty-pattern
  return async ({}, use) => {
    starting ??= startMockServer(options);
    const server = await starting;
    await use(server);
    server.reset();
  };
}
