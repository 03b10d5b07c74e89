import type { Answer, MockRequest } from "../http/answer.ts";
import { controlPrefix, createControlApi } from "./control-api.ts";
import type { ControlContext } from "./control-operations.ts";
import { createPage } from "./page.ts";

/** Whom the control interface answers. */
export interface ControlGuard {
  /** Whether only this machine can reach the mock. */
  readonly isLoopback: boolean;
  /** Names of hosts under which it is asked, beside addresses and `localhost`. */
  readonly allowedHosts: readonly string[];
}

/** Serves `/_mock/`: whether the mock is ready, the page, and the control interface behind it. */
export function createControlHandler(
  context: ControlContext,
  pageKey: string,
  guard: ControlGuard,
): (request: MockRequest) => Promise<Answer> {
  const api = createControlApi(context);
  const page = createPage(pageKey);
  return async (request) => {
    const { path } = request;
    const isRead = request.method === "GET" || request.method === "HEAD";
    // Tools that wait for a server ask under any name; the answer tells nothing else.
    if (path === "/_mock/health" && isRead) return plain(200, "ready");
    const objection = objectionTo(request, guard);
    if (objection !== undefined) return plain(403, objection);
    if (path === "/_mock") return { status: 308, headers: { location: "/_mock/" }, body: "" };
    if (path.startsWith(`${controlPrefix}/`)) return api(request);
    if (!isRead) {
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
 * Why a request is refused: a page of another origin may have sent it, directly or by a name that resolves to this machine (DNS
 * rebinding). Programs other than browsers send no `Origin`.
 */
function objectionTo(
  { headers }: MockRequest,
  { isLoopback, allowedHosts }: ControlGuard,
): string | undefined {
  const { host, origin } = headers;
  if (host === undefined) return undefined;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  if (isLoopback && !isAddress(name) && !allowedHosts.some((one) => one.toLowerCase() === name)) {
    return `The control interface does not know the host ${JSON.stringify(name)}. If the name is yours, allow it: --allow-host ${name}, or allowedHosts in code.`;
  }
  if (origin === undefined || origin.replace(/^https?:\/\//, "") === host) return undefined;
  return "The control interface refuses pages of other origins.";
}

function isAddress(name: string): boolean {
  return name === "localhost" || name.startsWith("[") || /^[\d.]+$/.test(name);
}

function plain(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}
