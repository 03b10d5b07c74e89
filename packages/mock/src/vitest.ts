import type { MockServer, MockServerOptions } from "./face.ts";
import { prepareMockServer } from "./face.ts";

/** A fixture as `test.extend` takes it. */
export type MockServerFixture = (
  context: object,
  use: (mock: MockServer) => Promise<void>,
) => Promise<void>;

/**
 * A fixture for `test.extend`: each test gets a mock of its own, with its own state and URL, also under
 * `test.concurrent`. The document is read once.
 *
 * @example
 * const test = base.extend({ mock: mockServer({ seed: 1 }) });
 * test("tries again", async ({ mock }) => {
 *   mock.fault({ kind: "status", status: 503 }, { times: 1 });
 * });
 */
export function mockServer(options: MockServerOptions = {}): MockServerFixture {
  let preparing: ReturnType<typeof prepareMockServer> | undefined;
  // vitest reads from the pattern which other fixtures this one needs.
  // oxlint-disable-next-line eslint/no-empty-pattern
  return async ({}, use) => {
    preparing ??= prepareMockServer(options);
    const start = await preparing;
    const server = await start();
    try {
      await use(server);
    } finally {
      await server.close();
    }
  };
}
