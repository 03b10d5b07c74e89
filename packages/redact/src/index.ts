export { createRedactor, type Redactor, type RedactorOptions } from "./create-redactor.ts";
export { minKeyLength } from "./forms-of-key.ts";
export type { ValueRedaction } from "./redact-values.ts";
