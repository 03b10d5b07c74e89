import { Redis } from "ioredis";

/** Everything that is in Redis, as one text. */
export async function everythingIn(url: string): Promise<string> {
  const redis = new Redis(url);
  try {
    const keys = await redis.keys("*");
    const dumps = await Promise.all(keys.map((key) => readKey(redis, key)));
    return [...keys, ...dumps].join("\n");
  } finally {
    redis.disconnect();
  }
}

async function readKey(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  if (type === "hash") return JSON.stringify(await redis.hgetall(key));
  if (type === "list") return JSON.stringify(await redis.lrange(key, 0, -1));
  if (type === "zset") return JSON.stringify(await redis.zrange(key, "0", "-1"));
  if (type === "set") return JSON.stringify(await redis.smembers(key));
  if (type === "stream") return JSON.stringify(await redis.xrange(key, "-", "+"));
  return (await redis.get(key)) ?? "";
}
