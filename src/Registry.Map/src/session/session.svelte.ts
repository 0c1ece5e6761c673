/** In what role somebody works: it decides what the page offers. What a key may, the registry decides. */
export type Role = 'applicant' | 'registrar' | 'operator';

/** Who is signed in. The key lives in this variable alone: no storage and no address has it, and it is gone with the page. */
class Session {
  #key = $state<string | null>(null);

  role = $state<Role>('applicant');

  /** Whether the registry said that the key is no longer in force. */
  expired = $state(false);

  get key(): string | null {
    return this.#key;
  }

  signIn(key: string, role: Role): void {
    this.#key = key;
    this.role = role;
    this.expired = false;
  }

  signOut(): void {
    this.#key = null;
  }

  expire(): void {
    this.#key = null;
    this.expired = true;
  }
}

export const session = new Session();
