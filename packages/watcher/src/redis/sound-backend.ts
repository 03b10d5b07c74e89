import {
  type BackendFactory,
  createRedisBackend,
  type JobJson,
  raw2NextJobData,
  type RedisClient,
  type RedisQueueBackend,
} from "bullmq";

/** The fields of a stored job. */
type JobFields = Readonly<Record<string, string>>;

/** The scripts add to these, and fail where they cannot, half way. */
const counters: readonly string[] = ["ats", "atm", "stc"];

/** Of features of BullMQ that this package does not use: scripts and workers act on what they name. */
const foreignFields: readonly string[] = ["id", "parent", "parentKey", "rjk", "deid", "defa"];

const isCount = (value: unknown): boolean => /^\d{1,15}$/u.test(String(value));

const isReadable = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The options of a job as this package writes them: another value may remove the job. */
function soundOptions(text: string): string {
  const stored: unknown = isReadable(text) ? JSON.parse(text) : null;
  const { timestamp, attempts, stackTraceLimit, removeOnComplete } = Object(stored);
  const { age } = Object(removeOnComplete);
  return JSON.stringify({
    ...(isCount(timestamp) && { timestamp: Number(timestamp) }),
    ...(isCount(attempts) && { attempts: Number(attempts) }),
    ...(isCount(stackTraceLimit) && { stackTraceLimit: Number(stackTraceLimit) }),
    ...(isCount(age) && { removeOnComplete: { age: Number(age) } }),
  });
}

/** The fields so that BullMQ can read them, whoever wrote them. Data that is no JSON becomes a text. */
export function soundFields(stored: JobFields): JobFields {
  const fields: Record<string, string> = { ...stored, progress: "0" };
  for (const name of foreignFields) delete fields[name];
  for (const name of counters) if (!isCount(fields[name])) fields[name] = "0";
  const { data = "" } = fields;
  fields["data"] = isReadable(data) ? data : JSON.stringify(data);
  fields["opts"] = soundOptions(fields["opts"] ?? "");
  return fields;
}

const flat = (fields: JobFields): string[] => Object.entries(fields).flat();

function fieldsOf(pairs: readonly unknown[]): JobFields {
  const fields: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) fields[String(pairs[at])] = String(pairs[at + 1]);
  return fields;
}

/** Rewrites what scripts of BullMQ would fail at; the data stays. */
async function mend(client: RedisClient, key: string, stored: JobFields): Promise<void> {
  const wrong = counters.filter((name) => name in stored && !isCount(stored[name]));
  if (wrong.length > 0) await client.hset(key, Object.fromEntries(wrong.map((name) => [name, 0])));
  const foreign = foreignFields.filter((name) => name in stored);
  if (foreign.length > 0) await client.hdel(key, ...foreign);
}

const isWrongType = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("WRONGTYPE");

/** What is stored of a job; nothing where its key holds something else. */
async function readHash(client: RedisClient, key: string): Promise<JobFields | null> {
  try {
    const stored = await client.hgetall(key);
    return Object.keys(stored).length === 0 ? null : stored;
  } catch (error) {
    if (isWrongType(error)) return {};
    throw error;
  }
}

/** The reply of a script that fetches a job; a rate limit or an empty queue leaves out the job. */
export type FetchReply = [fields: unknown, id: unknown, limitMs: unknown, nextAtMs: unknown];

const fetchingScripts: ReadonlySet<string> = new Set([
  "moveToActive",
  "moveToDelayed",
  "moveToFinished",
]);

export const isFetchReply = (script: string, value: unknown): value is FetchReply =>
  fetchingScripts.has(script) && Array.isArray(value) && value.length === 4;

/** A script that met what it cannot use; what it did before stays done. */
const isScriptFailure = (error: unknown): boolean =>
  error instanceof Error &&
  /WRONGTYPE|not an integer|would overflow|not a valid float|not a number/u.test(error.message);

/**
 * BullMQ's Redis backend for jobs that may be damaged in any field. BullMQ throws for one that it cannot
 * parse, whoever asked and for how many others, and its scripts stop half way; here each job can be read,
 * and its data says whether it is a watch.
 */
export const soundBackend: BackendFactory<RedisQueueBackend> = (name, options, extra) => {
  const backend = createRedisBackend(name, options, extra);
  const mendActive = async (client: RedisClient): Promise<void> => {
    for (const id of await client.lrange(backend.toKey("active"), 0, -1)) {
      const key = backend.toKey(id);
      const stored = await readHash(client, key);
      // It ended meanwhile, and may be a new one in a moment.
      if (stored === null) continue;
      // A key of another type: the job is then one without data.
      if (Object.keys(stored).length === 0) await client.del(key);
      else await mend(client, key, stored);
    }
  };
  const execCommand = backend.execCommand.bind(backend);
  backend.execCommand = async (given, script, args): Promise<unknown> => {
    let reply: unknown;
    try {
      reply = await execCommand(given, script, args);
    } catch (error) {
      // The job is now active in nobody's hands, and taken over once it is sound.
      if (isScriptFailure(error)) await backend.client.then(mendActive).catch(() => undefined);
      throw error;
    }
    if (!isFetchReply(script, reply) || !Array.isArray(reply[0])) return reply;
    const [pairs, id, ...rest] = reply;
    const stored = fieldsOf(pairs);
    const client = await backend.client;
    // Refused, it is tried again with the next fetch.
    await mend(client, backend.toKey(String(id)), stored).catch(() => undefined);
    return [flat(soundFields(stored)), id, ...rest];
  };
  backend.getJobData = async (id): Promise<JobJson | undefined> => {
    const stored = await readHash(await backend.client, backend.toKey(id));
    if (stored === null) return undefined;
    const [job]: (JobJson | undefined)[] = raw2NextJobData([flat(soundFields(stored)), id, 0, 0]);
    return job;
  };
  return backend;
};
