import { DocumentError, RuleCompileError } from "@qontext/sync-log-document";

/** Something wrong with a document. Errors stop the generation; warnings say what could not be generated as written. */
export interface Problem {
  readonly severity: "error" | "warning";
  /** Name of the rule that is broken: Redocly's, the code of a {@link DocumentError}, or one of the generator's own. */
  readonly ruleId: string;
  readonly message: string;
  /** JSON pointer of the place, as `#/components/schemas/Pet`. */
  readonly pointer: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Where emitters put what they could not generate as written. */
export type Report = (problem: Problem) => void;

/** `file:line:col  error rule-id  message (#/pointer)`, without the parts that are not known. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, ruleId, message, pointer } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return `${place === "" ? "" : `${place} `}${severity} ${ruleId}: ${message} (at ${pointer})`;
}

/** Thrown when nothing can be generated. Carries every problem that was found. */
export class GenerationError extends Error {
  override readonly name = "GenerationError";
  readonly code = "generation_failed";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** @throws GenerationError with the errors among the problems, if there are any. */
export function throwOnErrors(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new GenerationError(errors);
}

/** What a reader of the document refuses, as a problem like any other. */
export function problemOf(error: DocumentError | RuleCompileError): Problem {
  const { code, problem, pointer, place } = error;
  return { severity: "error", ruleId: code, message: problem, pointer: pointer ?? "#", ...place };
}

/** Reports what a reader of the document refuses and goes on, so that everything that is wrong is reported. */
export function attempt<T>(report: Report, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DocumentError || error instanceof RuleCompileError)) throw error;
    report(problemOf(error));
    return undefined;
  }
}
