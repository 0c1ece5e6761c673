import { answerOf, Refused, registry, type LicenseBlock } from '../api/registry';

export interface Application {
  kind: 'exploration' | 'geologicalStudy';
  cells: string[];
  commodities: string[];
  ifTaken: 'refuse' | 'queue';
}

export type Outcome = { end: 'filed'; block: LicenseBlock } | { end: 'refused'; refusal: Refused } | { end: 'lost' };

/**
 * Files applications. Each has an idempotency key of its own, which is kept while nobody knows what became of it: asked again after a lost
 * connection, the registry gives the answer that it gave, and files nothing twice.
 */
class Filing {
  outcome = $state.raw<Outcome | null>(null);
  busy = $state(false);
  #open: { application: string; key: string } | null = null;

  async file(application: Application): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.outcome = null;
    try {
      const block = await answerOf(
        registry.POST('/license-blocks', { params: { header: { 'Idempotency-Key': this.#keyOf(application) } }, body: application }),
      );
      this.#open = null;
      this.outcome = { end: 'filed', block };
    } catch (fault) {
      // Answered is answered; a fault of the registry, or no answer at all, leaves open what became of it.
      if (fault instanceof Refused && fault.status < 500) {
        this.#open = null;
        this.outcome = { end: 'refused', refusal: fault };
      } else this.outcome = { end: 'lost' };
    } finally {
      this.busy = false;
    }
  }

  forget(): void {
    this.outcome = null;
  }

  // The same application is the same request; another one, even over one cell more, has another key.
  #keyOf(application: Application): string {
    const text = JSON.stringify(application);
    if (this.#open?.application !== text) this.#open = { application: text, key: crypto.getRandomValues(new Uint32Array(4)).join('-') };
    return this.#open.key;
  }
}

export const filing = new Filing();
