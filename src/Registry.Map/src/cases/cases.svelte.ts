import { items, pageAfter, type ItemsQuery, type Page } from '../api/collections';
import { Refused, type BlockProperties } from '../api/registry';

const pageSize = 10_000;

const undecided: ItemsQuery = { filter: "status IN ('applied','queued')", 'filter-lang': 'cql2-text', limit: pageSize };

/** The undecided applications in the order of filing, for who decides them. */
class Cases {
  undecided = $state.raw<BlockProperties[]>([]);
  problem = $state('');
  busy = $state(false);

  async load(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      // Collections come sheet by sheet; the order of filing is the sequence, and nothing else. So the first is known when all are read.
      const blocks: BlockProperties[] = [];
      let page: string | null = null;
      do {
        const answer: Page = await items('license-blocks', { ...undecided, ...(page ? { page } : {}) });
        blocks.push(...answer.features.map((feature) => feature.properties as unknown as BlockProperties));
        page = pageAfter(answer);
      } while (page);
      this.undecided = blocks.sort((a, b) => a.sequence - b.sequence);
      this.problem = '';
    } catch (fault) {
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    } finally {
      this.busy = false;
    }
  }
}

export const cases = new Cases();
