import type { RecordedRequest } from "../../src/state/request-log.ts";
import { element } from "./element.ts";

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** The rows of the last requests, newest first. */
export function requestRows(requests: readonly RecordedRequest[]): readonly HTMLTableRowElement[] {
  return requests.toReversed().map((request) => {
    const { status, fault, delayMs, isFromPage } = request;
    const id = Object.values(request.path).at(-1);
    const outcome = status === undefined ? "none" : `${Math.floor(status / 100)}xx`;
    const badge = element(
      "span",
      { class: "code", "data-class": outcome },
      status === undefined ? "—" : String(status),
    );
    const notes = [
      ...(fault === undefined || fault === "status" ? [] : [fault]),
      ...(fault === "status" ? ["on purpose"] : []),
      ...(delayMs > 0 ? [`+${delayMs} ms`] : []),
    ];
    return element(
      "tr",
      {},
      element("td", { class: "quiet" }, time.format(request.atMs)),
      element(
        "td",
        {},
        `${request.method} `,
        element("code", { title: request.target }, id ?? request.target),
        isFromPage ? element("span", { class: "quiet" }, " this page") : "",
      ),
      element(
        "td",
        {},
        badge,
        element("span", { class: "quiet" }, notes.length === 0 ? "" : ` ${notes.join(", ")}`),
      ),
    );
  });
}
