export { startMockServer } from "./start-mock-server.ts";
export type { MockServer, MockServerOptions } from "./start-mock-server.ts";
export { SpecError } from "./spec/spec-error.ts";
