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
  const result = validate["~standard"].validate(body);
  if (result instanceof Promise) throw new Error("validators are synchronous");
  const issues = (result.issues ?? []).map(({ message }) => `schema: ${message}`);
  const { violations } = rules.rulesFor("getSyncLog", status).check({
    self: body,
    oldSelf: earlier,
    request: { path },
    response: { status },
  });
  return [...issues, ...violations.map(({ id, message }) => `${id}: ${message}`)];
}
