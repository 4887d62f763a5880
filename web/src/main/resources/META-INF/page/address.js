/// Where the page stands. Whatever a view depends on is in the address, so that a link, a reload and
/// the way back show the same. Parameters have the names that the questions have.

const SCREENS = ['vm', 'path', 'what-if', 'rules', 'findings', 'changes'];

/// The folder that the page is served below, whatever prefix stands before it.
export const base = new URL('.', location.href);

/// The query of parameters; nothing, false and empty ones are left out, lists are repeated.
export function query(params) {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== false && one !== '') found.append(name, one);
    }
  }
  return found;
}

/// What every question is asked with: only these services, and only rules that are certain.
export function filters() {
  const params = new URLSearchParams(location.search);
  return { service: params.getAll('service'), certain: params.get('certain') };
}

/// The address of a screen, with the filters of this one; '' is the overview.
export function href(screen, params = {}) {
  const text = query({ ...params, ...filters() }).toString();
  return (screen || './') + (text ? '?' + text : '');
}

/// What the address says: a screen and its parameters.
export function read() {
  const name = location.pathname.slice(base.pathname.length);
  return { screen: SCREENS.includes(name) ? name : '', params: new URLSearchParams(location.search) };
}

const listeners = new Set();

/// Runs whenever the address has changed.
export function onChange(listener) {
  listeners.add(listener);
}

function changed(moved) {
  listeners.forEach(listener => listener(moved));
}

export function go(to, { replace = false, state = null } = {}) {
  const url = new URL(to, base);
  const moved = url.pathname !== location.pathname;
  if (url.href === location.href) return;
  history[replace ? 'replaceState' : 'pushState'](state, '', url);
  changed(moved);
}

/// The address of the same screen with some parameters changed.
export function withChanges(changes) {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    query({ [name]: value }).forEach((one, key) => params.append(key, one));
  }
  const text = params.toString();
  return (read().screen || './') + (text ? '?' + text : '');
}

export function change(changes, options) {
  go(withChanges(changes), options);
}

window.addEventListener('popstate', () => changed(true));

/// A click on a link to a screen of the page stays within it.
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey
      || event.shiftKey || event.altKey || link.target || link.hasAttribute('download')) return;
  const url = new URL(link.href);
  const name = url.pathname.slice(base.pathname.length);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)
      || !(name === '' || SCREENS.includes(name))
      || (url.hash && url.search === location.search)) return;
  event.preventDefault();
  go(url.href);
});
