import { go, page } from '../address/page.svelte';
import { answerOf, registry, Refused, type CellCheck } from '../api/registry';
import { aliasOf, cellOf, cellsBetween, outlineOf, type GridCell } from '../ground/cell';

/** The most cells that are picked at once: more than any title may have, so that the registry says why it is too many. */
export const mostCells = 1000;

/** The cells that an applicant picks, and what an application over them would meet, asked anew with every change. */
class Picking {
  check = $state.raw<CellCheck | null>(null);
  problem = $state('');
  busy = $state(false);
  /** Whether a rectangle is drawn: the first of its two corners. */
  corner = $state.raw<GridCell | null>(null);
  box = $state(false);
  #asked = '';

  /** Whether clicks on the map pick cells. */
  get on(): boolean {
    return page.state.panel === 'apply';
  }

  get cells(): string[] {
    return page.state.pick;
  }

  /** The picked cells on the map, those that stand in the way marked. */
  get shapes(): GeoJSON.Feature[] {
    if (!this.on) return [];
    const bad = new Set(this.check?.cells.filter((cell) => cell.status !== 'free').map((cell) => cell.alias));
    const corner = this.corner ? [aliasOf(this.corner)] : [];
    return [...this.cells, ...corner].flatMap((alias) => {
      const cell = cellOf(alias);
      return cell ? [{ type: 'Feature' as const, properties: { bad: bad.has(alias) }, geometry: outlineOf(cell) }] : [];
    });
  }

  nameOf(cell: GridCell): string {
    return aliasOf(cell);
  }

  /** Picks a cell, or lets it go; of a rectangle, sets a corner. */
  toggle(cell: GridCell): void {
    if (this.box) {
      this.#setCorner(cell);
      return;
    }
    const alias = aliasOf(cell);
    go({ pick: this.cells.includes(alias) ? this.cells.filter((other) => other !== alias) : [...this.cells, alias].slice(0, mostCells) });
  }

  add(aliases: string[]): void {
    go({ pick: [...new Set([...this.cells, ...aliases])].slice(0, mostCells) });
  }

  clear(): void {
    go({ pick: [] });
  }

  /** Asks what an application would meet, unless that is what was asked last. */
  follow(): void {
    const question = this.on ? this.cells.join() : '';
    if (question === this.#asked) return;
    this.#asked = question;
    if (question === '') {
      this.check = null;
      this.problem = '';
      this.busy = false;
    } else void this.#load(question);
  }

  /** Asks again: the ground may have changed. */
  refresh(): void {
    this.#asked = '';
    this.follow();
  }

  #setCorner(cell: GridCell): void {
    if (!this.corner) {
      this.corner = cell;
      return;
    }
    const cells = cellsBetween(this.corner, cell, mostCells);
    this.corner = null;
    this.box = false;
    if (cells) this.add(cells.map(aliasOf));
    else this.problem = 'too-large';
  }

  async #load(question: string): Promise<void> {
    this.busy = true;
    try {
      const check = await answerOf(registry.POST('/cells/check', { body: { cells: question.split(',') } }));
      if (question !== this.#asked) return;
      this.check = check;
      this.problem = '';
    } catch (fault) {
      if (question !== this.#asked) return;
      this.check = null;
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    } finally {
      if (question === this.#asked) this.busy = false;
    }
  }
}

export const picking = new Picking();
