/** The base class of all errors of this package. The message says what to change. */
export abstract class MockError extends Error {
  /** The name of the class. */
  abstract override readonly name: string;
  /** Stable, for programs. */
  abstract readonly code: string;
}

/** A rule that a body breaks. */
export interface BrokenRule {
  /** Id of an invariant, or `schema`. */
  readonly rule: string;
  readonly message: string;
}

/** A body to be sent breaks the schema or an invariant of the document. */
export class BodyError extends MockError {
  override readonly name = "BodyError";
  override readonly code = "mock_body";
  /** Every rule that the body breaks: ids of invariants, or `schema`. */
  readonly rules: readonly string[];

  constructor(what: string, broken: readonly BrokenRule[]) {
    const list = broken.map(({ rule, message }) => `[${rule}] ${message}`).join(" ");
    super(
      `${what} breaks a rule: ${list} Correct it, or pass { unchecked: true } to send it on purpose.`,
    );
    this.rules = [...new Set(broken.map(({ rule }) => rule))];
  }
}

/** An unknown or invalid fault. */
export class FaultError extends MockError {
  override readonly name = "FaultError";
  override readonly code = "mock_fault";
}

/** An unknown scenario, or one that cannot be played. */
export class ScenarioError extends MockError {
  override readonly name = "ScenarioError";
  override readonly code = "mock_scenario";
}

/** The OpenAPI document cannot be served: it is unreadable, invalid, or contradicts itself. */
export class SpecError extends MockError {
  override readonly name = "SpecError";
  override readonly code = "mock_spec";
}

/** `mock.fetch` met a redirect. It is the `cause` of the `TypeError` that fetch rejects with. */
export class RedirectError extends MockError {
  override readonly name = "RedirectError";
  override readonly code = "mock_redirect";

  constructor() {
    super('mock.fetch does not follow redirects; ask for { redirect: "manual" }.');
  }
}

/** The mock cannot listen on its host and port. */
export class ListenError extends MockError {
  override readonly name = "ListenError";
  override readonly code = "mock_listen";

  constructor(host: string, port: number, cause: Error) {
    const code = "code" in cause ? String(cause.code) : "";
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: `Port ${port} on ${host} is taken; choose another one, or 0 for a free one.`,
      EACCES: `Port ${port} on ${host} needs rights that this process does not have; choose one above 1023.`,
      EADDRNOTAVAIL: `This machine does not have the address ${host}.`,
      ENOTFOUND: `Unknown host ${host}.`,
    };
    super(reasons[code] ?? `Cannot listen on port ${port} of ${host}: ${cause.message}`, { cause });
  }
}

/** Codes of the errors of the control interface. */
export type ControlErrorCode = "mock_control" | "mock_not_found" | "mock_method" | "mock_bug";

/** The control interface refuses a request. */
export class ControlError extends MockError {
  override readonly name = "ControlError";
  override readonly code: ControlErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: ControlErrorCode,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
