/**
 * What the journeys share: a client that the published document types, signed in, and checks that are counted.
 */
import assert from "node:assert/strict";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./generated/api.js";

export type Schemas = components["schemas"];
export type Api = Client<paths>;

/** What every call of openapi-fetch resolves to, as far as a journey cares. */
interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

let checks = 0;

export function passed(): number {
  return checks;
}

export function check(condition: boolean, meaning: string): void {
  assert.ok(condition, meaning);
  checks += 1;
  console.log(`  ok  ${meaning}`);
}

export function answered<T>(outcome: Outcome<T>, status: number, meaning: string): T {
  const { data, error, response } = outcome;
  assert.equal(response.status, status, `${meaning}: ${response.status} ${JSON.stringify(error)}`);
  assert.ok(data !== undefined, `${meaning}: no body`);
  check(true, `${meaning} (${status})`);
  return data;
}

/** Somebody without an account. */
export function anonymous(baseUrl: string): Api {
  return createClient<paths>({ baseUrl });
}

export async function signIn(baseUrl: string, email: string, password: string): Promise<Api> {
  const api = createClient<paths>({ baseUrl });
  const tokens = answered(
    await api.POST("/api/v1/auth/login", { body: { email, password } }),
    200,
    `${email} signs in`,
  );
  api.use({
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${tokens.access_token}`);
      return request;
    },
  });
  return api;
}

/** Some answers come as JSON or as a picture or a table; this client asked for JSON. */
export function structured<T>(body: T | string): T {
  assert.ok(typeof body !== "string", "the answer is JSON");
  return body;
}
