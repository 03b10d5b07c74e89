import type { RecordedRequest } from "../../src/state/request-log.ts";
import { element } from "./element.ts";

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** A request, and whether the page sent it. */
export interface ShownRequest extends RecordedRequest {
  readonly isFromPage: boolean;
}

/** The rows of the last requests, newest first. */
export function requestRows(requests: readonly ShownRequest[]): readonly HTMLTableRowElement[] {
  return requests.map((request) => {
    const { status, fault, delayMs, isFromPage } = request;
    const id = Object.values(request.path).at(-1);
    const outcome = status === undefined ? "none" : `${Math.floor(status / 100)}xx`;
    const notes = [
      ...(fault === undefined ? [] : [fault === "status" ? "on purpose" : fault]),
      ...(delayMs > 0 ? [`+${delayMs} ms`] : []),
    ];
    const target = element("code", { title: request.target }, id ?? request.target);
    const operation = element("span", { class: "quiet" }, ` ${request.operation ?? ""}`);
    const origin = isFromPage ? element("span", { class: "quiet" }, " this page") : "";
    const code = String(status ?? "—");
    const badge = element("span", { class: "code", "data-class": outcome }, code);
    const note = element("span", { class: "quiet" }, notes.map((text) => ` ${text}`).join(","));
    return element(
      "tr",
      {},
      element("td", { class: "quiet" }, time.format(request.atMs)),
      element("td", {}, `${request.method} `, target, operation, origin),
      element("td", {}, badge, note),
    );
  });
}
