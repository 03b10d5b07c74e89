import type { Answer, MockRequest } from "./answer.ts";

/** Headers that let a page of any origin read an answer. Keys are sent in headers, never in cookies. */
export const corsHeaders: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "*",
};

/** Whether a browser asks for permission to send a request. */
export function isPreflight({ method, headers }: MockRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers["origin"] !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/** The answer to a preflight. */
export function preflightAnswer(
  { headers }: MockRequest,
  allowedMethods: readonly string[],
): Answer {
  const asked = headers["access-control-request-headers"];
  return {
    status: 204,
    headers: {
      ...corsHeaders,
      "access-control-allow-methods": allowedMethods.join(", "),
      ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
      "access-control-max-age": "600",
    },
    body: "",
  };
}
