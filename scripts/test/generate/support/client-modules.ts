/** Stand-ins for the modules of the client; each helper shows what it was called with. */
export const clientModules: readonly (readonly [path: string, text: string])[] = [
  [
    "client/request-parts.ts",
    `export const encodePathParameter = (name: string, value: unknown): string => \`<\${name}=\${String(value)}>\`;
export const searchOf = (values: object, required?: readonly string[]): string => \`?\${JSON.stringify([values, required ?? []])}\`;
export const headersOf = (values: object, required?: readonly string[]): Record<string, string> => ({ seen: JSON.stringify([values, required ?? []]) });
export const withJson = (request: object, body: unknown): never => ({ ...request, body }) as never;
`,
  ],
  [
    "client/transport/transport.ts",
    `export interface OutgoingRequest { method: string; url: string; headers?: Record<string, string>; mayBeEmpty?: boolean; resultSchema?: string }
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
