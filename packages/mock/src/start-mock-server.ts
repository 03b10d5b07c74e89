import { buildMock } from "./create-mock.ts";
import type { Mock, MockParts } from "./create-mock.ts";
import { listen } from "./http/listen.ts";
import { isLoopbackHost } from "./http/loopback.ts";
import type { MockServerOptions } from "./mock-options.ts";

/** A mock that listens. */
export interface MockServer extends Mock, AsyncDisposable {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops listening; requests in flight are finished first, for at most a second. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a mock on a port of its own.
 *
 * @throws {@link SpecError} when the document cannot be served.
 * @throws {@link ListenError} when the port is taken or the address is not of this machine.
 * @throws {@link ScenarioError} for a scenario that there is not.
 * @throws {@link FaultError} for a fault that there is not.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  return (await startMockServerWithParts(options)).server;
}

/** As {@link startMockServer}, with what the command needs to tell what it serves. */
export async function startMockServerWithParts(
  options: MockServerOptions,
): Promise<{ server: MockServer; parts: MockParts }> {
  const { port = 0, host = "127.0.0.1", ...mockOptions } = options;
  const parts = await buildMock(mockOptions, { isLoopback: isLoopbackHost(host) });
  const { mock, handle } = parts;
  const { url, close } = await listen(handle, { host, port });
  const server: MockServer = {
    sync: mock.sync,
    fault: mock.fault,
    fetch: mock.fetch,
    reset: mock.reset,
    get requests() {
      return mock.requests;
    },
    url,
    close,
    [Symbol.asyncDispose]: close,
  };
  return { server, parts };
}
