import { html, nothing } from 'lit';
import { href, withChanges } from './address.js';
import { number, plain } from './text.js';

/// What several screens are made of.

export function say(words) {
  window.dispatchEvent(new CustomEvent('say', { detail: words }));
}

/// A name with its id behind it; where there is no name, the id alone.
export function vmName(id, name) {
  return name
    ? html`<bdi class="name">${plain(name)}</bdi> <bdi class="id">${plain(id, 48)}</bdi>`
    : html`<bdi class="name id-only">${plain(id)}</bdi>`;
}

export function vmLink(id, name, params = {}) {
  return html`<a href=${href('vm', { vm_id: id, ...params })}>${vmName(id, name)}</a>`;
}

export function tagChip(tag) {
  return html`<a class="chip" href=${href('rules', { tag })}><bdi>${plain(tag, 60)}</bdi></a>`;
}

/// A condition that holds, and the way to be without it.
///
/// @param changes what the address is without it
export function condition(words, value, changes) {
  return html`<span class="chip on">${words} <bdi>${plain(value, 60)}</bdi><a href=${withChanges({ after: null, row: null, ...changes })} aria-label="Without this condition">✕</a></span>`;
}

/// What a list of some leaves out.
export const left = (total, shown, noun = '', kind = 'li') => total > shown
  ? kind === 'li' ? html`<li class="muted">and ${number(total - shown)} more${noun}</li>` : html`<span class="muted">and ${number(total - shown)} more${noun}</span>` : nothing;

const CAUSES = { not_carried: 'no VM carries its other tag', only_itself: 'only this VM carries its other tag', only_outside: 'only addresses outside carry its other tag', avoided: 'it is left out' };

/// Rules at one end of no path, each with why it lets nobody through.
export function idleRules(end) {
  return end?.idle_rules?.length ? html`<ul class="edges">${end.idle_rules.map(one => html`<li>${ruleView(one.rule)} <span class="muted">${CAUSES[one.cause] ?? one.cause}</span></li>`)}</ul>` : nothing;
}

export function tagPair(rule) {
  return html`<span class="pair"><bdi>${plain(rule.source_tag, 60)}</bdi> <span class="arrow" aria-label="to">→</span> <bdi>${plain(rule.dest_tag, 60)}</bdi></span>`;
}

export function services(list) {
  if (!list) return nothing;
  return html`<span class="services">${list.slice(0, 6).map(one => html`<span class="service">${plain(one, 40)}</span>`)}${
    list.length > 6 ? html`<span class="muted">+ ${number(list.length - 6)}</span>` : nothing}</span>`;
}

/// A real rule: its id, where it stands, and what it says.
export function realRule(rule) {
  return html`<span class="real"><code class="fw">${plain(rule.id, 60)}</code> ${plain(rule.text)} ${
    rule.file ? html`<span class="place" title=${plain(rule.file)}>${plain(rule.file.split('/').pop(), 60)}${rule.line ? ':' + rule.line : ''}</span>` : nothing}</span>`;
}

/// The real rules that a rule comes from, with their places.
export function origins(rule) {
  if (!rule.origins?.length) return nothing;
  const one = rule.origins[0];
  const line = origin => html`<li>${realRule(origin)}</li>`;
  return html`<details class="origins"><summary>${rule.origins.length === 1
    ? plain(one.id, 60) : html`${number(rule.origins.length)} real rules`}</summary><ul>${rule.origins.slice(0, 20).map(line)}</ul></details>`;
}

/// A rule: its id, its tags, and what else is known of it.
export function ruleView(rule, { link = true } = {}) {
  const id = rule.fw_id === null ? nothing : html`<code class="fw" title=${plain(rule.fw_id)}>${plain(rule.fw_id, 34)}</code>`;
  return html`<span class="rule">${link && rule.fw_id !== null
    ? html`<a href=${href('rules', { tag: rule.source_tag })}>${id}</a>` : id}
    ${tagPair(rule)} ${services(rule.services)}
    ${rule.assumed ? html`<span class="badge warn" title=${plain(rule.assumed)}>assumed</span>` : nothing}
    ${origins(rule)}</span>`;
}

/// How `what-if` names a rule for removal: by its id, else by its tags.
export const removal = rule => rule.fw_id ?? `${rule.source_tag}:${rule.dest_tag}`;

export function rulesView(rules, total = rules.length, most = 3) {
  return html`<span class="rules">${rules.slice(0, most).map(rule => ruleView(rule))}${
    total > most ? html`<span class="muted">and ${number(total - most)} more</span>` : nothing}</span>`;
}

/// Why an answer did not come, and the way on.
export function failure(call) {
  const { error, wait } = call;
  const near = error.problem.nearest_vms ?? error.problem.candidates
    ?? (error.problem.nearest ?? []).map(id => ({ vm_id: id, name: null }));
  return html`<div class="failed" role="alert">
    <p class="what">${plain(error.problem.title ?? 'This did not work', 200)}</p>
    <p>${plain(error.message, 600)}</p>
    ${near.length ? html`<p>Did you mean:</p><ul class="near">${near.map(vm => html`<li>${vmLink(vm.vm_id, vm.name)}</li>`)}</ul>` : nothing}
    <p class="muted"><code>${error.call}</code> ${error.status ? `answered ${error.status}` : 'had no answer'}${
      error.problem.request_id ? html`, request <code>${plain(error.problem.request_id, 40)}</code>` : nothing}.
      ${wait ? html`<span aria-live="off">Next try in ${wait} s.</span>` : nothing}</p>
    <button type="button" @click=${() => call.retry()}>Try again</button>
  </div>`;
}

/// What a call comes to: a skeleton if it is slow, what failed, or the view of its answer.
export function shown(call, view, lines = 3) {
  if (call.data !== null) {
    return html`<div class=${call.pending && call.slow ? 'body aged' : 'body'} aria-busy=${call.pending}>${view(call.data, call.answer)}</div>`;
  }
  if (call.error) return failure(call);
  return call.slow
    ? html`<div class="skeleton" role="status"><span class="unseen">Loading</span>${Array.from({ length: lines }, () => html`<i></i>`)}</div>`
    : html`<div class="body" aria-busy="true"></div>`;
}

export function panel(id, title, content, { note = nothing, tools = nothing, kind = '' } = {}) {
  return html`<section class="panel ${kind}" aria-labelledby=${id}>
    <header><div><h2 id=${id}>${title}</h2>${note === nothing ? nothing : html`<p class="note">${note}</p>`}</div>
    ${tools === nothing ? nothing : html`<div class="tools">${tools}</div>`}</header>
    ${content}</section>`;
}

export function empty(content) {
  return html`<p class="empty">${content}</p>`;
}

/// A bar of a share; what it says stands beside it in words.
export function meter(share, kind = '') {
  return html`<svg class="meter ${kind}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="4"></rect><rect class="part" width=${
    Math.max(share > 0 ? 0.8 : 0, Math.min(100, share * 100))} height="4"></rect></svg>`;
}
