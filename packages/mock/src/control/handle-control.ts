import type { Answer, MockRequest } from "../http/answer.ts";
import { controlPrefix, createControlApi } from "./control-api.ts";
import type { ControlContext } from "./control-operations.ts";
import { createPage } from "./page.ts";

/** Serves `/_mock/`: the page and the control interface behind it. */
export function createControlHandler(
  context: ControlContext,
  pageKey: string,
  isLoopback: boolean,
): (request: MockRequest) => Promise<Answer> {
  const api = createControlApi(context);
  const page = createPage(pageKey);
  return async (request) => {
    const { path } = request;
    if (isForeign(request, isLoopback)) {
      return plain(403, "The control interface refuses pages of other origins.");
    }
    if (path === "/_mock") return { status: 308, headers: { location: "/_mock/" }, body: "" };
    if (path.startsWith(`${controlPrefix}/`)) return api(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return { ...plain(405, "The page accepts GET."), headers: { allow: "GET, HEAD" } };
    }
    return (await page(path)) ?? plain(404, `Unknown path ${path}.`);
  };
}

/** Whether a request is for the mock itself rather than for the mocked API. */
export function isControlRequest({ path }: MockRequest): boolean {
  return path === "/_mock" || path.startsWith("/_mock/");
}

/**
 * Whether a page of another origin sent the request, directly or by a name that resolves to this machine (DNS rebinding).
 * Programs other than browsers send no `Origin`.
 */
function isForeign({ headers }: MockRequest, isLoopback: boolean): boolean {
  const { host, origin } = headers;
  if (host === undefined) return false;
  return (isLoopback && !isAddress(host)) || (origin !== undefined && origin !== `http://${host}`);
}

function isAddress(host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  return name === "localhost" || name.startsWith("[") || /^[\d.]+$/.test(name);
}

function plain(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}
