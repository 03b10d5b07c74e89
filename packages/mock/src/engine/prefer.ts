import type { IHttpRequest } from "@stoplight/prism-http";
import { getHttpConfigFromRequest } from "@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js";
import type { PrismChoice } from "./prism-engine.ts";

/** What a request asks of Prism in its `Prefer` header (`code=404, example=NAME, dynamic=true`), or why it cannot be read. */
export function readPreference(
  request: IHttpRequest,
): { readonly choice: PrismChoice } | { readonly error: Error } {
  const result = getHttpConfigFromRequest(request);
  if ("left" in result) return { error: result.left };
  const { code, exampleKey, dynamic, seed } = result.right;
  return {
    choice: {
      ...(code === undefined ? {} : { code }),
      ...(exampleKey === undefined ? {} : { exampleKey }),
      ...(dynamic === undefined ? {} : { dynamic }),
      ...(seed === undefined ? {} : { seed }),
    },
  };
}

/** Whether a request asks for a response of the document instead of the current state. */
export function isForced(choice: PrismChoice): boolean {
  return choice.code !== undefined || choice.exampleKey !== undefined || choice.dynamic === true;
}
