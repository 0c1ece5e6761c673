import { page } from '../address/page.svelte';
import { items, pageAfter, type ItemsQuery } from '../api/collections';
import { Refused, type Feature } from '../api/registry';

const pageSize = 25;

/** The license blocks that the filter and the dates leave, all over the country, page by page. */
class Registered {
  features = $state.raw<Feature[]>([]);
  matched = $state(0);
  problem = $state('');
  #next = $state<string | null>(null);
  #asked: string | null = null;

  get more(): boolean {
    return this.#next !== null;
  }

  follow(): void {
    const question = JSON.stringify(this.#query());
    if (question === this.#asked) return;
    this.#asked = question;
    void this.#load(question, null);
  }

  readOn(): void {
    if (this.#asked !== null) void this.#load(this.#asked, this.#next);
  }

  #query(): ItemsQuery {
    const { filter, on, asAt } = page.state;
    return {
      limit: pageSize,
      ...(filter ? { filter, 'filter-lang': 'cql2-text' as const } : {}),
      ...(on ? { datetime: on } : {}),
      ...(asAt ? { 'as-at': asAt } : {}),
    };
  }

  async #load(question: string, from: string | null): Promise<void> {
    try {
      const answer = await items('license-blocks', { ...(JSON.parse(question) as ItemsQuery), ...(from ? { page: from } : {}) });
      if (question !== this.#asked) return;
      this.features = from ? [...this.features, ...answer.features] : answer.features;
      this.matched = answer.numberMatched;
      this.#next = pageAfter(answer);
      this.problem = '';
    } catch (fault) {
      if (question !== this.#asked) return;
      this.features = [];
      this.#next = null;
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    }
  }
}

export const registered = new Registered();
