import { read, write, type PageState, type View } from './state';

/** The state of the page. It is read from the address, and changed by `go` and `look` only, so that address and page never differ. */
let current = $state.raw<PageState>(read(location.hash));

window.addEventListener('popstate', follow);
window.addEventListener('hashchange', follow);

export const page = {
  get state(): PageState {
    return current;
  },
};

/** Goes to another state, from which the browser's button leads back. */
export function go(change: Partial<PageState>): void {
  const next = { ...current, ...change };
  if (write(next) === write(current)) return;
  current = next;
  history.pushState(null, '', write(next));
}

/** Says where the map looks: no step of its own, since nobody wants to go back through every move. */
export function look(view: View): void {
  current = { ...current, view };
  history.replaceState(null, '', write(current));
}

/** The address of another state, for links. */
export const hrefOf = (change: Partial<PageState>): string => write({ ...current, ...change });

function follow(): void {
  if (write(read(location.hash)) !== write(current)) current = read(location.hash);
}
