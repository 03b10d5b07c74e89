import { element } from "./element.ts";
import type { OfferedFault } from "./fault-buttons.ts";

/** The requests that a fault happens to: those of an operation, of a sync, or all. */
export interface FaultTarget {
  readonly operation?: string;
  readonly sync?: { readonly workspaceId: string; readonly id: string };
}

/** Offers what a fault can be for; what was chosen stays so. */
export function showTargets(
  select: HTMLSelectElement,
  operations: readonly string[],
  syncs: readonly { readonly workspaceId: string; readonly id: string }[],
): void {
  const targets: readonly (readonly [text: string, target: FaultTarget])[] = [
    ["all requests", {}],
    ...operations.map((operation) => [operation, { operation }] as const),
    ...syncs.map(({ workspaceId, id }) => [id, { sync: { workspaceId, id } }] as const),
  ];
  const offered = targets.map(([text, target]) => ({ text, value: JSON.stringify(target) }));
  const signature = offered.map(({ value }) => value).join();
  if (select.dataset["shown"] === signature) return;
  const chosen = select.value;
  select.dataset["shown"] = signature;
  select.replaceChildren(...offered.map(({ text, value }) => element("option", { value }, text)));
  if (offered.some(({ value }) => value === chosen)) select.value = chosen;
  select.dispatchEvent(new Event("change"));
}

/** What is chosen. */
export function chosenTarget(select: HTMLSelectElement): FaultTarget {
  const target: FaultTarget = JSON.parse(select.value);
  return target;
}

/** Whether the requests of a target can meet a fault. */
export function canMeet({ isFor }: OfferedFault, { sync }: FaultTarget): boolean {
  return isFor === undefined || isFor === (sync === undefined ? "all" : "one");
}
