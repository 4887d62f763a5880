import { base, query } from './address.js';

/// The interface as every other client sees it.

/// What a call was refused with.
export class Refused extends Error {
  constructor(call, status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `The answer was ${status}.`);
    this.call = call;
    this.status = status;
    this.problem = problem;
    this.kind = String(problem.type ?? '').split(':').pop();
    this.retryAfter = retryAfter;
  }
}

const STORED = 'surfacescan.token';

function stored() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

let token = stored();

/// Keeps the token for this tab, and nowhere else.
export function setToken(text) {
  token = text || null;
  try {
    if (token) sessionStorage.setItem(STORED, token);
    else sessionStorage.removeItem(STORED);
  } catch {
    // Then it is kept in memory only.
  }
}

export const hasToken = () => token !== null;

/// Tells who listens of the environment's versions, `version`, and of missing tokens, `token`.
export const news = new EventTarget();

let version = null;

/// The version that the views are made from is the one that comes next.
export function forgetVersion() {
  version = null;
}

function noteVersion(found) {
  if (!found || found === version) return;
  const before = version;
  version = found;
  if (before) news.dispatchEvent(new CustomEvent('version', { detail: found }));
}

/// The address of a call.
export function address(path, params) {
  const text = query(params).toString();
  return new URL(path + (text ? '?' + text : ''), base).href;
}

/// Asks, and returns the answer as it came.
export async function fetchAnswer(path, params, { signal, accept = 'application/json', body } = {}) {
  const headers = { Accept: accept };
  if (token) headers.Authorization = 'Bearer ' + token;
  if (body) headers['Content-Type'] = 'application/json';
  const method = body ? 'POST' : 'GET';
  const call = `${method} /${path}`;
  let answer;
  try {
    answer = await fetch(address(path, params), {
      method, headers, signal, body: body && JSON.stringify(body), credentials: 'same-origin'
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Refused(call, 0, { title: 'The service does not answer', detail: 'The service does not answer.' });
  }
  noteVersion(answer.headers.get('X-Environment-Version'));
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  const wait = Number(answer.headers.get('Retry-After'));
  if (answer.status === 401) news.dispatchEvent(new CustomEvent('token', { detail: hasToken() }));
  throw new Refused(call, answer.status, problem, wait > 0 ? wait : null);
}

/// Asks for JSON. Pages come with their total and where the next one starts.
export async function ask(path, params, options) {
  const answer = await fetchAnswer(path, params, options);
  const total = answer.headers.get('X-Total-Count');
  const next = /<([^>]*)>;\s*rel="next"/.exec(answer.headers.get('Link') ?? '');
  return {
    data: await answer.json(),
    total: total === null ? null : Number(total),
    next: next && new URL(next[1], base).searchParams.get('after')
  };
}

/// Asks only which version is served now.
export async function checkVersion() {
  await fetchAnswer('environment', {}).catch(() => null);
}

/// Saves an answer in another format as a file.
export async function download(path, params, accept, name, options) {
  const answer = await fetchAnswer(path, params, { accept, ...options });
  save(await answer.blob(), name);
}

/// Saves bytes as a file.
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
