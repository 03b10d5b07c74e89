export { harmlessJson, harmlessText } from "./harmless-text.ts";
export { noticeReaderGone } from "./notice-reader-gone.ts";
export { parseDuration, parseWholeNumber } from "./parse-values.ts";
export { packageVersion, quoteWord, readArguments, UsageError } from "./read-arguments.ts";
