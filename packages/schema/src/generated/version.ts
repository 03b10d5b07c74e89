// Generated from specs/openapi.yaml by `pnpm generate`. Do not edit.

/** The `info.version` of the OpenAPI document. */
export const specVersion = "1.0.0";

/** SHA-256 of the document in one piece: its JSON, keys sorted, without white space. */
export const specSha256 = "4e737ee8c63ccb9d9e057524e9cdab7e1bec513639cad3a94b11944dc611ea58";
