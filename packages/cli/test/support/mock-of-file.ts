import { startMockServer } from "@qontext/sync-log-mock";
import type { MockServer, MockServerOptions } from "@qontext/sync-log-mock";
import { afterAll, beforeEach } from "vitest";
import { testKey } from "./run-cli.ts";

/** A mock for all tests of a file, as new for each. */
export async function mockOfFile(options: MockServerOptions = {}): Promise<MockServer> {
  const mock = await startMockServer(options);
  beforeEach(() => mock.reset());
  afterAll(() => mock.close());
  return mock;
}

/** The workspace in which the document's examples are. */
const exampleWorkspace = "ws_123e4567-e89b-12d3-a456-426614174000";
/** A workspace of {@link mockOfWorkspaces} with nothing in it. */
export const emptyWorkspace = "ws_22222222-e89b-42d3-a456-426614174000";

/** A mock for all tests of a file that has these two workspaces, and no other. */
export function mockOfWorkspaces(): Promise<MockServer> {
  return mockOfFile({ apiKeys: { [testKey]: [exampleWorkspace, emptyWorkspace] } });
}
