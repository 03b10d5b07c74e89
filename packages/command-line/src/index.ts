export { parseDuration, parseWholeNumber } from "./parse-values.ts";
export { packageVersion, quoteWord, readArguments, UsageError } from "./read-arguments.ts";
