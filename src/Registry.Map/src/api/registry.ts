import createClient from 'openapi-fetch';
import { session } from '../session/session.svelte';
import type { components, paths } from './contract';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
export type LicenseBlock = Schemas['LicenseBlock'];
export type BlockProperties = Schemas['LicenseBlockProperties'];
export type Status = Schemas['LicenseBlockStatus'];
export type Cell = Schemas['Cell'];
export type CellCheck = Schemas['CellCheck'];
export type Feature = Schemas['Feature'];

/** Where the registry begins: the page lies at its root, under whatever path a proxy gives it. */
export const root = new URL('.', document.baseURI);

/** An address of the registry. */
export const address = (path: string): string => new URL(path.replace(/^\//, ''), root).href;

/** Every call of the contract, typed by it. A signed-in person's key goes with each, and nowhere else. */
export const registry = createClient<paths>({ baseUrl: root.href.replace(/\/$/, '') });

registry.use({
  onRequest({ request }) {
    if (session.key) request.headers.set('Authorization', `Bearer ${session.key}`);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401 && session.key) session.expire();
  },
});

/** What the registry refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.detail ?? problem.title);
  }

  /** The type of problem without its address: `ground-taken`. */
  get kind(): string {
    return this.problem.type?.replace(/^.*\//, '') ?? '';
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer of a call; a refusal is thrown, and so is what a lost connection throws. */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (error !== undefined || data === undefined) throw new Refused(asProblem(error, response), response.status);
  return data;
}

// Something between the page and the registry may have answered in words of its own.
function asProblem(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'title' in error) return error as Problem;
  return { type: 'about:blank', title: response.statusText, status: response.status, detail: `${response.status} ${response.statusText}` };
}
