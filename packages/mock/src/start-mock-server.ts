import { buildMock } from "./create-mock.ts";
import type { Mock } from "./create-mock.ts";
import { listen } from "./http/listen.ts";
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
  const { port = 0, host = "127.0.0.1", ...mockOptions } = options;
  const { mock, handle } = await buildMock(mockOptions);
  const { url, close } = await listen(handle, { host, port });
  return {
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
}
