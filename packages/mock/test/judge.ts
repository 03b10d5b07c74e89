import { collectRules, openDocument } from "@qontext/sync-log-document";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { validateApiError, validateSyncLog } from "@qontext/sync-log-schema/validators";

const rules = collectRules(openDocument(openapiDocument));

/** Every rule of the document that an answer breaks, judged by the schema package's validators and not by the mock. */
export function judge(
  status: number,
  body: unknown,
  path: Readonly<Record<string, string>>,
  earlier?: unknown,
): readonly string[] {
  const validate = status < 400 ? validateSyncLog : validateApiError;
  const issues = (Array.isArray(body) ? body : [body]).flatMap((one: unknown) => {
    const result = validate["~standard"].validate(one);
    if (result instanceof Promise) throw new Error("validators are synchronous");
    return (result.issues ?? []).map(({ message }) => `schema: ${message}`);
  });
  const operation = Array.isArray(body) ? "listSyncLogs" : "getSyncLog";
  const { violations } = rules.rulesFor(operation, status).check({
    self: body,
    oldSelf: earlier,
    request: { path },
    response: { status },
  });
  return [...issues, ...violations.map(({ id, message }) => `${id}: ${message}`)];
}
