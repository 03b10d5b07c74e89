import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { childrenOf, readPathItem } from "@qontext/sync-log-document";

/** What an operation has the API call at the consumer's. */
export function callbacks(document: OpenApiDocument, { node }: Operation): readonly Operation[] {
  const found = childrenOf(node).filter(({ kind }) => kind === "callback");
  return found.flatMap((callback) => {
    const items = childrenOf(document.resolve(callback).target);
    // The callback's name tells it, and not only its expression.
    return items.flatMap((item) =>
      readPathItem(document, { ...item, names: [`${callback.names.at(-1)} ${item.names.at(-1)}`] }),
    );
  });
}

/** The operations that both documents have, in the order of the base. */
export function pairOperations(
  base: OpenApiDocument,
  revision: OpenApiDocument,
): readonly (readonly [Operation, Operation])[] {
  const after = new Map(revision.operations.map((one) => [operationKey(one), one]));
  return base.operations.flatMap((before) => {
    const other = after.get(operationKey(before));
    return other ? [[before, other] as const] : [];
  });
}

/** Templates with the same literals match the same URLs. */
export function operationKey({ method, path }: Operation): string {
  return `${method} ${path.replaceAll(/\{[^{}]*\}/gu, "{}")}`;
}
