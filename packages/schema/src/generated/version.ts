// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** The `info.version` of the OpenAPI document. */
export const specVersion = "1.0.0";

/** SHA-256 of the document in one piece: its JSON, keys sorted, without white space. */
export const specSha256 = "f6fd0970f1145045057f0fd1274080d156b2fec1aec324a9aa6260fe709847b8";
