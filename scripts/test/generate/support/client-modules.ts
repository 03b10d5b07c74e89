import { readFileSync } from "node:fs";

const parts = ["request-bodies.ts", "request-parts.ts", "request-styles.ts"];

/** What generated methods import: the client's own parts of requests, and stand-ins for what sends them. */
export const clientModules: readonly (readonly [path: string, text: string])[] = [
  ...parts.map((name) => {
    const source = new URL(`../../../../packages/client/src/${name}`, import.meta.url);
    return [`client/${name}`, readFileSync(source, "utf8")] as const;
  }),
  [
    "client/refuse.ts",
    `export const refuseNamed = (name: string, why: string): never => {
  throw new Error(\`\${name} \${why}\`);
};
`,
  ],
  [
    "client/transport/transport.ts",
    `export interface OutgoingRequest { readonly method: string; readonly url: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: RequestInit["body"]; readonly mayBeEmpty?: boolean; readonly resultSchema?: string; readonly isList?: boolean }
export interface ResultBody { readonly method: string; readonly path: string; readonly resultSchema?: string; readonly isList?: boolean }
export interface Transport { readonly baseUrl: string }
export interface Answer<Data> { readonly data: Data }
`,
  ],
  [
    "client/request-options.ts",
    "export interface RequestOptions { readonly timeoutMs?: number; readonly signal?: object }\n",
  ],
  [
    "client/response-promise.ts",
    `export interface ResponsePromise<Data> extends Promise<Data> { withResponse(): Promise<{ readonly data: Data }> }
export const toResponsePromise = <Data>(_transport: object, answer: Promise<{ data: Data }>): ResponsePromise<Data> =>
  Object.assign(answer.then(({ data }) => data), { withResponse: () => answer });
`,
  ],
  [
    "client/call-operation.ts",
    `export const callOperation = async <Data>(_transport: object, request: object, options?: object): Promise<{ data: Data }> => ({ data: [request, options] as never });
`,
  ],
];
