import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { MockServer } from "../src/index.ts";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is: fetch would mend its path. */
export async function sendRaw(
  mock: MockServer,
  method: string,
  path: string,
  headers: Record<string, string> = { "X-API-Key": "q_sk_test" },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(mock.url, { method, path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject).end();
  });
}

/** An answer without what differs from one second to the next. */
export function withoutDate({
  headers: { date: _date, ...headers },
  ...answer
}: RawAnswer): RawAnswer {
  return { ...answer, headers };
}
