import { page } from '../address/page.svelte';
import { items } from '../api/collections';
import { Refused, type Feature } from '../api/registry';

/** The most license blocks that are drawn for a filter at once. */
export const most = 2000;

type Box = [number, number, number, number];

/**
 * The license blocks that a filter or a date finds on the ground that is seen. Without either the tiles show everything, and nothing is
 * asked here.
 */
class Results {
  shown = $state.raw<Feature[]>([]);
  matched = $state(0);
  problem = $state('');
  busy = $state(false);
  #asked = '';
  #turn = 0;

  get filtered(): boolean {
    const { filter, on, asAt } = page.state;
    return filter !== '' || on !== '' || asAt !== '';
  }

  /** Asks for a rectangle, unless that is what was asked last. */
  ask(box: Box): void {
    const { filter, on, asAt } = page.state;
    const question = JSON.stringify([this.filtered, filter, on, asAt, box]);
    if (question === this.#asked) return;
    this.#asked = question;
    const turn = ++this.#turn;
    if (!this.filtered) {
      this.shown = [];
      this.problem = '';
      this.busy = false;
      return;
    }
    this.busy = true;
    void this.#load(turn, box);
  }

  async #load(turn: number, box: Box): Promise<void> {
    const { filter, on, asAt } = page.state;
    try {
      const answer = await items('license-blocks', {
        bbox: clipped(box),
        limit: most,
        ...(filter ? { filter, 'filter-lang': 'cql2-text' as const } : {}),
        ...(on ? { datetime: on } : {}),
        ...(asAt ? { 'as-at': asAt } : {}),
      });
      if (turn !== this.#turn) return; // a later question was put meanwhile
      this.shown = answer.features;
      this.matched = answer.numberMatched;
      this.problem = '';
    } catch (fault) {
      if (turn !== this.#turn) return;
      this.shown = [];
      this.matched = 0;
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    } finally {
      if (turn === this.#turn) this.busy = false;
    }
  }
}

const clipped = ([west, south, east, north]: Box): Box => [Math.max(-180, west), Math.max(-90, south), Math.min(180, east), Math.min(90, north)];

export const results = new Results();
