import { checkOptions, type OptionRules } from "./check-options.ts";
import { ResponseValidationError } from "./errors/response-errors.ts";
import type { ValidationIssue } from "./errors/response-errors.ts";
import { refuseNamed } from "./refuse.ts";
import { errorDetails, excerptOf, parseClean } from "./response.ts";
import type { Redactor } from "./secrets/redactor.ts";
import type { CheckAnswer, Transport } from "./transport/transport.ts";

/** What checks a body: any Standard Schema (https://standardschema.dev) that does so at once. */
export interface ResponseValidator {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly issues?: readonly ValidationIssue[] | undefined }
      | Promise<{ readonly issues?: readonly ValidationIssue[] | undefined }>;
  };
}

/** A validator, or one with what to do about a body that it refuses. */
export type ValidateOption =
  | ResponseValidator
  | { readonly validator: ResponseValidator; readonly onInvalid: "error" | "warn" };

const validateRules: OptionRules = {
  "validate.validator": "an object or a function",
  "validate.onInvalid": "a string",
};

/**
 * Makes the check of a client's answers. An unknown value of an enum always passes, with a warning:
 * a newer server may well send one.
 */
export function createCheckAnswer(
  option: ValidateOption,
  { logger, redactor }: Pick<Transport, "logger" | "redactor">,
): CheckAnswer {
  const given =
    "validator" in option ? option : ({ validator: option, onInvalid: "error" } as const);
  checkOptions(given, validateRules, "validate.");
  const { validator, onInvalid } = given;
  if (onInvalid !== undefined && !/^(error|warn)$/.test(onInvalid)) {
    refuseNamed("validate.onInvalid", 'has to be "error" or "warn"');
  }
  if (typeof validator?.["~standard"]?.validate !== "function") {
    refuseNamed("validate", "has to be a Standard Schema");
  }
  const { validate } = validator["~standard"];
  return async (answer, isList) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a list was checked to be one
    const items = isList ? (answer.data as readonly unknown[]) : [answer.data];
    const serious: ValidationIssue[] = [];
    let warnings = 0;
    for (const [index, item] of items.entries()) {
      const result = validate(item);
      const { issues = [] } = result instanceof Promise ? await result : result;
      for (const issue of issues) {
        const found = isList ? { ...issue, path: [String(index), ...(issue.path ?? [])] } : issue;
        if (onInvalid !== "warn" && issue.keyword !== "enum") serious.push(found);
        else if ((warnings += 1) <= maxTexts) {
          logger?.("warn", `${complaint(redactor, found)}.`, { keyword: issue.keyword ?? null });
        }
      }
      // No more would be told of.
      if (isList && serious.length >= maxTexts) break;
    }
    if (serious.length === 0) return answer;
    const message = `${complaint(redactor, ...serious.slice(0, maxTexts))}. Update the client, or pass \`onInvalid: "warn"\`.`;
    throw new ResponseValidationError(message, {
      ...errorDetails(answer, parseClean(answer.text, redactor), redactor),
      issues: redactor.value(serious.map(knownOf)),
    });
  };
}

/** What is known of an issue; a validator may add the refused value, and make a class of it. */
function knownOf({ message, path, keyword }: ValidationIssue): ValidationIssue {
  return {
    message,
    path: path?.map((part) => (typeof part === "object" ? { key: part.key } : part)),
    keyword,
  };
}

/** More would be cut off. */
const maxTexts = 100;

function complaint(redactor: Redactor, ...issues: readonly ValidationIssue[]): string {
  const texts = issues.map(({ path = [], message }) => {
    const names = path.map((part) => String(typeof part === "object" ? part.key : part));
    return `${names.map((name) => `/${name}`).join("") || "the body"} ${message}`;
  });
  return `A body is not what the API describes: ${excerptOf(redactor.text(texts.join("; ")))}`;
}
